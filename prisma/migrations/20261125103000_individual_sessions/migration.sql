-- A session of one participant and their therapist is kept beside those of the group: numbered by person, without an
-- agenda and without a topic, and with one unfinished at a time for each person.
ALTER TABLE "session"
  ADD COLUMN "person_id" UUID,
  ADD COLUMN "therapist_id" UUID,
  ALTER COLUMN "agenda" DROP NOT NULL,
  ALTER COLUMN "topic_id" DROP NOT NULL,
  ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "session_therapist_id_fkey" FOREIGN KEY ("therapist_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "session_individual_check" CHECK (
    ("person_id" IS NULL) = ("therapist_id" IS NULL)
    AND ("person_id" IS NULL OR "person_id" <> "therapist_id")
    AND num_nonnulls("agenda", "topic_id") = CASE WHEN "person_id" IS NULL THEN 2 ELSE 0 END
  ),
  DROP CONSTRAINT "session_state_check",
  ADD CONSTRAINT "session_state_check" CHECK (
    CASE
      WHEN "state" = 'running' AND "person_id" IS NULL THEN num_nulls("step", "entered_at", "planned_end_at", "warning") = 0
        AND num_nonnulls("paused_at", "left_ms", "ended_at") = 0
      WHEN "state" = 'running' THEN "planned_end_at" IS NOT NULL
        AND num_nonnulls("step", "entered_at", "paused_at", "left_ms", "ended_at", "warning") = 0
      WHEN "state" = 'paused' THEN "person_id" IS NULL
        AND num_nulls("step", "entered_at", "paused_at", "left_ms", "warning") = 0
        AND num_nonnulls("planned_end_at", "ended_at") = 0
      WHEN "state" = 'ended' THEN "ended_at" IS NOT NULL
        AND num_nonnulls("step", "entered_at", "planned_end_at", "paused_at", "left_ms", "warning") = 0
      ELSE false
    END
  );
DROP INDEX "session_unfinished_key";
DROP INDEX "session_cohort_id_number_key";
CREATE UNIQUE INDEX "session_unfinished_key" ON "session"("cohort_id") WHERE "state" <> 'ended' AND "person_id" IS NULL;
CREATE UNIQUE INDEX "session_unfinished_individual_key" ON "session"("cohort_id", "person_id")
  WHERE "state" <> 'ended' AND "person_id" IS NOT NULL;
CREATE UNIQUE INDEX "session_number_key" ON "session"("cohort_id", "number") WHERE "person_id" IS NULL;
CREATE UNIQUE INDEX "session_individual_number_key" ON "session"("cohort_id", "person_id", "number")
  WHERE "person_id" IS NOT NULL;

-- Two people who meet, and the number of the two rooms that are theirs: whoever comes to treat somebody later never reads
-- what was written before.
CREATE TABLE "pair" (
  "cohort_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "person_id" UUID NOT NULL,
  "therapist_id" UUID NOT NULL,
  CONSTRAINT "pair_pkey" PRIMARY KEY ("cohort_id", "number"),
  CONSTRAINT "pair_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "pair_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "pair_therapist_id_fkey" FOREIGN KEY ("therapist_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "pair_number_check" CHECK ("number" >= 1),
  CONSTRAINT "pair_people_check" CHECK ("person_id" <> "therapist_id")
);
CREATE UNIQUE INDEX "pair_people_key" ON "pair"("cohort_id", "person_id", "therapist_id");

-- Rooms of a pair bear its number; those of the whole group none, which is kept as 0.
ALTER TABLE "room"
  ADD COLUMN "number" INTEGER NOT NULL DEFAULT 0,
  DROP CONSTRAINT "room_pkey",
  ADD CONSTRAINT "room_pkey" PRIMARY KEY ("cohort_id", "kind", "number"),
  DROP CONSTRAINT "room_kind_check",
  ADD CONSTRAINT "room_kind_check" CHECK (
    CASE
      WHEN "kind" IN ('category', 'welcome', 'group', 'voice', 'staff') THEN "number" = 0
      WHEN "kind" IN ('one-to-one', 'one-to-one-voice') THEN "number" >= 1
      ELSE false
    END
  );

-- What stands in the rooms of a pair belongs to one meeting.
ALTER TABLE "standing_message"
  DROP CONSTRAINT "standing_message_kind_check",
  DROP CONSTRAINT "standing_message_occurrence_check",
  ADD CONSTRAINT "standing_message_kind_check" CHECK ("kind" IN ('session-card', 'staff-panel', 'agreement', 'lobby', 'individual-card')),
  ADD CONSTRAINT "standing_message_occurrence_check" CHECK (("kind" IN ('lobby', 'individual-card')) = ("occurrence_id" IS NOT NULL));

-- Whether a missed session of the cohort may be made up for.
ALTER TABLE "cohort" ADD COLUMN "offers_make_ups" BOOLEAN NOT NULL DEFAULT true;

-- A session that somebody missed, and how it is made up for. Each state holds what is true in it and nothing else.
CREATE TABLE "make_up" (
  "id" UUID NOT NULL,
  "attendance_id" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "due_since" TIMESTAMPTZ(3) NOT NULL,
  "kind" TEXT,
  "starts_at" TIMESTAMPTZ(3),
  "minutes" INTEGER,
  "therapist_id" UUID,
  "offered_by" TEXT,
  "offered_at" TIMESTAMPTZ(3),
  "answered_at" TIMESTAMPTZ(3),
  "occurrence_id" UUID,
  "credited_minutes" INTEGER,
  "version" INTEGER NOT NULL,
  CONSTRAINT "make_up_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "make_up_attendance_id_fkey" FOREIGN KEY ("attendance_id") REFERENCES "attendance"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "make_up_therapist_id_fkey" FOREIGN KEY ("therapist_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "make_up_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "occurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "make_up_minutes_check" CHECK ("minutes" BETWEEN 15 AND 240),
  CONSTRAINT "make_up_credited_minutes_check" CHECK ("credited_minutes" >= 0),
  CONSTRAINT "make_up_kind_check" CHECK (
    CASE "kind"
      WHEN 'individual' THEN "therapist_id" IS NOT NULL
      WHEN 'group' THEN "therapist_id" IS NULL AND "occurrence_id" IS NOT NULL
      ELSE "kind" IS NULL AND num_nonnulls("therapist_id", "occurrence_id") = 0
    END
  ),
  CONSTRAINT "make_up_state_check" CHECK (
    CASE
      WHEN "state" IN ('due', 'not-needed')
        THEN num_nonnulls("kind", "starts_at", "minutes", "offered_by", "offered_at", "answered_at", "credited_minutes") = 0
      WHEN "state" = 'offered'
        THEN num_nulls("kind", "starts_at", "minutes", "offered_by", "offered_at") = 0
          AND num_nonnulls("answered_at", "credited_minutes") = 0
      WHEN "state" = 'declined'
        THEN num_nulls("kind", "starts_at", "minutes", "offered_by", "offered_at", "answered_at") = 0
          AND "credited_minutes" IS NULL
      WHEN "state" IN ('booked', 'missed')
        THEN num_nulls("kind", "starts_at", "minutes", "offered_by", "offered_at", "answered_at", "occurrence_id") = 0
          AND "credited_minutes" IS NULL
      WHEN "state" = 'held'
        THEN num_nulls("kind", "starts_at", "minutes", "offered_by", "offered_at", "answered_at", "occurrence_id", "credited_minutes") = 0
      ELSE false
    END
  )
);
CREATE UNIQUE INDEX "make_up_attendance_key" ON "make_up"("attendance_id");
CREATE INDEX "make_up_occurrence_idx" ON "make_up"("occurrence_id");
