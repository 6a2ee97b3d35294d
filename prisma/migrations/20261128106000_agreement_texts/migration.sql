-- Every version of an agreement that came to hold in a cohort, one row a language: who signed it can read again, for as
-- long as anything is kept, what exactly it was.
CREATE TABLE "agreement_text" (
  "cohort_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "locale" TEXT NOT NULL,
  "place" INTEGER NOT NULL,
  "version" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "items" JSONB NOT NULL,
  "confirmation" TEXT NOT NULL,
  "allows" JSONB NOT NULL,
  "sha256" TEXT NOT NULL,
  "kept_at" TIMESTAMPTZ(3) NOT NULL,
  "published_by" TEXT,
  CONSTRAINT "agreement_text_pkey" PRIMARY KEY ("cohort_id", "number", "locale"),
  CONSTRAINT "agreement_text_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "agreement_text_number_check" CHECK ("number" >= 1 AND "place" >= 1),
  CONSTRAINT "agreement_text_items_check" CHECK (jsonb_typeof("items") = 'array' AND jsonb_array_length("items") >= 1),
  CONSTRAINT "agreement_text_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "agreement_text_source_check" CHECK (
    CASE "source"
      WHEN 'programme' THEN "published_by" IS NULL
      WHEN 'cohort' THEN "published_by" IS NOT NULL
      ELSE false
    END
  )
);
CREATE TRIGGER "agreement_text_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "agreement_text"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What an admin is writing and has not published: one text a language.
CREATE TABLE "agreement_draft" (
  "cohort_id" UUID NOT NULL,
  "locale" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "items" JSONB NOT NULL,
  "confirmation" TEXT NOT NULL,
  "allows" JSONB NOT NULL,
  "based_on" TEXT NOT NULL,
  "changed_by" TEXT NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  "version" INTEGER NOT NULL,
  CONSTRAINT "agreement_draft_pkey" PRIMARY KEY ("cohort_id", "locale"),
  CONSTRAINT "agreement_draft_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "agreement_draft_items_check" CHECK (jsonb_typeof("items") = 'array'),
  CONSTRAINT "agreement_draft_based_on_check" CHECK ("based_on" ~ '^[0-9a-f]{64}$')
);
