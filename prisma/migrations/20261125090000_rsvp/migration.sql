-- Whether somebody comes to a planned meeting: the last answer of each. Only who cannot come may have told why.
CREATE TABLE "rsvp" (
  "id" UUID NOT NULL,
  "occurrence_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "answer" TEXT NOT NULL,
  "sealed_reason" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "rsvp_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "rsvp_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "occurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "rsvp_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "rsvp_answer_check" CHECK ("answer" IN ('coming', 'not-coming')),
  CONSTRAINT "rsvp_reason_check" CHECK ("answer" = 'not-coming' OR "sealed_reason" IS NULL)
);
CREATE UNIQUE INDEX "rsvp_occurrence_id_person_id_key" ON "rsvp"("occurrence_id", "person_id");
