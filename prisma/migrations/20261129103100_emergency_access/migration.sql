-- An admin opened what staff may see of a group in an emergency: until when, and, sealed, why. What was is never changed.
CREATE TABLE "emergency_access" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "sealed_reason" TEXT NOT NULL,
  "begun_at" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "emergency_access_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "emergency_access_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "emergency_access_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "emergency_access_ends_check" CHECK ("ends_at" > "begun_at" AND "ends_at" <= "begun_at" + INTERVAL '1 hour'),
  CONSTRAINT "emergency_access_ended_check" CHECK ("ended_at" >= "begun_at")
);

CREATE INDEX "emergency_access_cohort_id_begun_at_idx" ON "emergency_access"("cohort_id", "begun_at");
