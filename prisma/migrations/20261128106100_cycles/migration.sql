-- Whoever joins a running cycle waits until everybody else has signed again: until then the rooms are closed to them.
ALTER TABLE "membership" ADD COLUMN "awaits_consent" BOOLEAN NOT NULL DEFAULT false;

-- A cycle begins by everybody signing again; what was signed in which cycle is told by its round of consent.
CREATE TABLE "cycle" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "consent_round" INTEGER NOT NULL,
  "last_day" DATE NOT NULL,
  "begun_by" TEXT NOT NULL,
  "begun_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_by" TEXT,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "cycle_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "cycle_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "cycle_number_check" CHECK ("number" >= 1 AND "consent_round" >= 1),
  CONSTRAINT "cycle_ended_check" CHECK (("ended_by" IS NULL) = ("ended_at" IS NULL) AND "ended_at" >= "begun_at")
);
CREATE UNIQUE INDEX "cycle_cohort_id_number_key" ON "cycle"("cohort_id", "number");
CREATE UNIQUE INDEX "cycle_running_key" ON "cycle"("cohort_id") WHERE "ended_at" IS NULL;
