-- Whether people are asked before a session where they are; so they are in groups that are treatment.
ALTER TABLE "cohort" ADD COLUMN "confirms_place" BOOLEAN NOT NULL DEFAULT false;
UPDATE "cohort" SET "confirms_place" = "clinical";

-- Where somebody is while they meet with the group, and whom to call for them: what they told last.
CREATE TABLE "told_place" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "how" TEXT NOT NULL,
  "sealed_place" TEXT,
  "sealed_contact" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "told_place_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "told_place_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "told_place_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "told_place_how_check" CHECK (
    CASE WHEN "how" IN ('private', 'not-private') THEN num_nulls("sealed_place", "sealed_contact") = 0
         WHEN "how" = 'passed' THEN num_nonnulls("sealed_place", "sealed_contact") = 0
         ELSE false END
  )
);
CREATE UNIQUE INDEX "told_place_cohort_id_person_id_key" ON "told_place"("cohort_id", "person_id");
