-- Settings of a cohort: what its programme asks of a week, whom it tells, and how it reminds.
ALTER TABLE "cohort"
  ADD COLUMN "supervisor_id" UUID,
  ADD COLUMN "hours_per_week" INTEGER NOT NULL DEFAULT 9,
  ADD COLUMN "day_minutes" INTEGER NOT NULL DEFAULT 180,
  ADD COLUMN "supervisor_after_no_shows" INTEGER NOT NULL DEFAULT 2,
  ADD COLUMN "lead_patience_minutes" INTEGER NOT NULL DEFAULT 5,
  ADD COLUMN "reminders" TEXT[] NOT NULL DEFAULT ARRAY['day', 'hour', 'ten-minutes'],
  ADD COLUMN "shown_as_events" BOOLEAN NOT NULL DEFAULT true,
  ADD CONSTRAINT "cohort_supervisor_id_fkey" FOREIGN KEY ("supervisor_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "cohort_hours_per_week_check" CHECK ("hours_per_week" BETWEEN 1 AND 60),
  ADD CONSTRAINT "cohort_day_minutes_check" CHECK ("day_minutes" BETWEEN 15 AND 720),
  ADD CONSTRAINT "cohort_supervisor_after_no_shows_check" CHECK ("supervisor_after_no_shows" BETWEEN 1 AND 10),
  ADD CONSTRAINT "cohort_lead_patience_minutes_check" CHECK ("lead_patience_minutes" BETWEEN 1 AND 30),
  ADD CONSTRAINT "cohort_reminders_check" CHECK ("reminders" <@ ARRAY['day', 'hour', 'ten-minutes']);

-- Somebody's own therapist; the lead, where none is named.
ALTER TABLE "membership"
  ADD COLUMN "therapist_id" UUID,
  ADD CONSTRAINT "membership_therapist_id_fkey" FOREIGN KEY ("therapist_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A rule by which a cohort meets, for one cycle; an earlier one ends and stays kept.
CREATE TABLE "schedule" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "slots" JSONB NOT NULL,
  "minutes" INTEGER NOT NULL,
  "zone" TEXT NOT NULL,
  "first_date" TEXT NOT NULL,
  "last_date" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "written_at" TIMESTAMPTZ(3) NOT NULL,
  "written_by" TEXT NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "planned_until" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL,
  CONSTRAINT "schedule_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "schedule_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "schedule_minutes_check" CHECK ("minutes" IN (60, 75, 90)),
  CONSTRAINT "schedule_first_date_check" CHECK ("first_date" ~ '^\d{4}-\d{2}-\d{2}$'),
  CONSTRAINT "schedule_last_date_check" CHECK ("last_date" ~ '^\d{4}-\d{2}-\d{2}$' AND "last_date" >= "first_date"),
  CONSTRAINT "schedule_state_check" CHECK (
    CASE "state"
      WHEN 'draft' THEN num_nonnulls("ended_at", "planned_until") = 0
      WHEN 'running' THEN "ended_at" IS NULL AND "planned_until" IS NOT NULL
      WHEN 'ended' THEN num_nulls("ended_at", "planned_until") = 0
      ELSE false
    END
  )
);
CREATE UNIQUE INDEX "schedule_running_key" ON "schedule"("cohort_id") WHERE "state" = 'running';
-- The heartbeat looks here: what it costs must not grow with the number of cohorts.
CREATE INDEX "schedule_planned_until_idx" ON "schedule"("planned_until") WHERE "state" = 'running';

-- A day on which a cohort does not meet.
CREATE TABLE "holiday" (
  "cohort_id" UUID NOT NULL,
  "date" TEXT NOT NULL,
  "set_at" TIMESTAMPTZ(3) NOT NULL,
  "set_by" TEXT NOT NULL,
  CONSTRAINT "holiday_pkey" PRIMARY KEY ("cohort_id", "date"),
  CONSTRAINT "holiday_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "holiday_date_check" CHECK ("date" ~ '^\d{4}-\d{2}-\d{2}$')
);

-- One planned meeting. The insert is the claim: a schedule makes one for each time on its wall clock, whoever is first.
CREATE TABLE "occurrence" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "schedule_id" UUID,
  "wall" TEXT NOT NULL,
  "zone" TEXT NOT NULL,
  "person_id" UUID,
  "therapist_id" UUID,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "minutes" INTEGER NOT NULL,
  "moved_from" TIMESTAMPTZ(3),
  "state" TEXT NOT NULL,
  "skipped_for" TEXT,
  "session_id" UUID,
  "revision" INTEGER NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  "version" INTEGER NOT NULL,
  CONSTRAINT "occurrence_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "occurrence_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "occurrence_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "occurrence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "occurrence_therapist_id_fkey" FOREIGN KEY ("therapist_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "occurrence_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "occurrence_wall_check" CHECK ("wall" ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$'),
  CONSTRAINT "occurrence_minutes_check" CHECK ("minutes" BETWEEN 15 AND 240),
  CONSTRAINT "occurrence_individual_check" CHECK (("person_id" IS NULL) = ("therapist_id" IS NULL)),
  CONSTRAINT "occurrence_revision_check" CHECK ("revision" >= 0),
  CONSTRAINT "occurrence_state_check" CHECK (
    CASE "state"
      WHEN 'planned' THEN num_nonnulls("skipped_for", "session_id") = 0
      WHEN 'skipped' THEN "skipped_for" IN ('skip', 'holiday', 'replaced', 'ended') AND "session_id" IS NULL
      WHEN 'held' THEN "session_id" IS NOT NULL AND "skipped_for" IS NULL
      WHEN 'not-held' THEN num_nonnulls("skipped_for", "session_id") = 0
      ELSE false
    END
  )
);
CREATE UNIQUE INDEX "occurrence_schedule_wall_key" ON "occurrence"("schedule_id", "wall");
CREATE UNIQUE INDEX "occurrence_session_key" ON "occurrence"("session_id");
CREATE INDEX "occurrence_cohort_starts_idx" ON "occurrence"("cohort_id", "starts_at");
