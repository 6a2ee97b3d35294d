-- That somebody was erased, as it is kept outside of the database, too, by a code that leads to them with the key and a
-- backup from before alone: whoever restores that backup erases them again.
CREATE TABLE "erasure" (
  "id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "key" TEXT NOT NULL,
  "who" TEXT NOT NULL,
  "server" TEXT,
  "classes" TEXT[] NOT NULL,
  "mac" TEXT NOT NULL,
  CONSTRAINT "erasure_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "erasure_whole_check" CHECK (cardinality("classes") > 0 OR "server" IS NULL)
);
CREATE TRIGGER "erasure_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "erasure"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
