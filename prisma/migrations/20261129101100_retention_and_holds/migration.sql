-- Days for which a cohort keeps a class of what is kept of people, where they are other than those of the installation.
CREATE TABLE "cohort_retention" (
  "cohort_id" UUID NOT NULL,
  "class" TEXT NOT NULL,
  "days" INTEGER NOT NULL,
  CONSTRAINT "cohort_retention_pkey" PRIMARY KEY ("cohort_id", "class"),
  CONSTRAINT "cohort_retention_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "cohort_retention_days_check" CHECK ("days" BETWEEN 1 AND 3650)
);

-- As long as one is not lifted, nothing goes of what is kept of a cohort, or of one person in it: not by itself, and not on
-- request.
CREATE TABLE "legal_hold" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "person_id" UUID,
  "sealed_reason" TEXT NOT NULL,
  "placed_by" TEXT NOT NULL,
  "placed_at" TIMESTAMPTZ(3) NOT NULL,
  "lifted_by" TEXT,
  "lifted_at" TIMESTAMPTZ(3),
  CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "legal_hold_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "legal_hold_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "legal_hold_lifted_check" CHECK (num_nulls("lifted_by", "lifted_at") IN (0, 2) AND "lifted_at" >= "placed_at")
);
CREATE UNIQUE INDEX "legal_hold_live_key" ON "legal_hold"("cohort_id", coalesce("person_id", "cohort_id")) WHERE "lifted_at" IS NULL;
CREATE INDEX "legal_hold_person_id_idx" ON "legal_hold"("person_id");
CREATE TRIGGER "legal_hold_kept" BEFORE DELETE OR TRUNCATE ON "legal_hold"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "legal_hold_lifted_once" BEFORE UPDATE ON "legal_hold"
  FOR EACH ROW WHEN (
    OLD."lifted_at" IS NOT NULL
    OR (to_jsonb(NEW) - '{lifted_by,lifted_at}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{lifted_by,lifted_at}'::text[])
  ) EXECUTE FUNCTION "refuse_change"();
