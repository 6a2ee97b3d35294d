-- Who waits for a place in a cohort, in the order in which they were put on the list.
CREATE TABLE "waitlist_entry" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "added_by" TEXT NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL,
  "outcome" TEXT,
  "settled_by" TEXT,
  "settled_at" TIMESTAMPTZ(3),
  CONSTRAINT "waitlist_entry_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "waitlist_entry_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "waitlist_entry_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "waitlist_entry_outcome_check" CHECK ("outcome" IN ('enrolled', 'removed')),
  CONSTRAINT "waitlist_entry_settled_check" CHECK (
    num_nulls("outcome", "settled_by", "settled_at") IN (0, 3) AND "settled_at" >= "added_at"
  )
);
CREATE UNIQUE INDEX "waitlist_entry_waiting_key" ON "waitlist_entry"("cohort_id", "person_id") WHERE "settled_at" IS NULL;
CREATE INDEX "waitlist_entry_cohort_id_added_at_idx" ON "waitlist_entry"("cohort_id", "added_at");
