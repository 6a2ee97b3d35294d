-- What is put right is kept before it is: whoever dies in between leaves it to be found done, and told.
ALTER TABLE "repair" ADD COLUMN "is_done" BOOLEAN NOT NULL DEFAULT true;
CREATE INDEX "repair_begun_idx" ON "repair"("cohort_id") WHERE NOT "is_done";
