-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "server" (
    "id" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3),

    CONSTRAINT "server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_check" (
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "key_check_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "account" TEXT NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cohort" (
    "id" UUID NOT NULL,
    "server_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "group_type" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "session_minutes" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "lead_id" UUID NOT NULL,
    "co_facilitator_id" UUID NOT NULL,
    "late_after_minutes" INTEGER NOT NULL,
    "partial_below_percent" INTEGER NOT NULL,
    "consent_round" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "missing_rights" TEXT[],
    "version" INTEGER NOT NULL,

    CONSTRAINT "cohort_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "cohort_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,
    "discharged_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signature" (
    "id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "consent_round" INTEGER NOT NULL,
    "agreement" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "cohort_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "agenda" JSONB NOT NULL,
    "topic_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "step" INTEGER,
    "entered_at" TIMESTAMPTZ(3),
    "planned_end_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "left_ms" BIGINT,
    "warning" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_event" (
    "session_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "event" JSONB NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT,

    CONSTRAINT "session_event_pkey" PRIMARY KEY ("session_id","number")
);

-- CreateTable
CREATE TABLE "turn" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "began_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_in" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "share" TEXT NOT NULL,
    "sealed_arrival" TEXT,

    CONSTRAINT "check_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reflection" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "share" TEXT NOT NULL,
    "take_away" TEXT,
    "sealed_intention" TEXT,

    CONSTRAINT "reflection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "goal" (
    "id" UUID NOT NULL,
    "cohort_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "sealed_text" TEXT NOT NULL,
    "readers" TEXT NOT NULL,
    "review_on" DATE NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "goal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "goal_update" (
    "id" UUID NOT NULL,
    "goal_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "sealed_note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "goal_update_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence_interval" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "seen" TEXT NOT NULL,

    CONSTRAINT "presence_interval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "unobserved_minutes" INTEGER NOT NULL,
    "late_minutes" INTEGER NOT NULL,

    CONSTRAINT "attendance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance_amendment" (
    "id" UUID NOT NULL,
    "attendance_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sealed_reason" TEXT NOT NULL,

    CONSTRAINT "attendance_amendment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room" (
    "cohort_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,

    CONSTRAINT "room_pkey" PRIMARY KEY ("cohort_id","kind")
);

-- CreateTable
CREATE TABLE "standing_message" (
    "id" UUID NOT NULL,
    "cohort_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "session_id" UUID,
    "channel_id" TEXT NOT NULL,
    "message_id" TEXT,
    "shows" TEXT,

    CONSTRAINT "standing_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcement" (
    "id" UUID NOT NULL,
    "cohort_id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "announcement" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "said_at" TIMESTAMPTZ(3),
    "message_id" TEXT,

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_account_key" ON "person"("account");

-- CreateIndex
CREATE INDEX "cohort_server_id_state_idx" ON "cohort"("server_id", "state");

-- CreateIndex
CREATE INDEX "membership_cohort_id_idx" ON "membership"("cohort_id");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE INDEX "signature_membership_id_idx" ON "signature"("membership_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_cohort_id_number_key" ON "session"("cohort_id", "number");

-- CreateIndex
CREATE INDEX "turn_session_id_idx" ON "turn"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "check_in_session_id_person_id_key" ON "check_in"("session_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "reflection_session_id_person_id_key" ON "reflection"("session_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "goal_cohort_id_person_id_number_key" ON "goal"("cohort_id", "person_id", "number");

-- CreateIndex
CREATE INDEX "goal_update_goal_id_idx" ON "goal_update"("goal_id");

-- CreateIndex
CREATE INDEX "presence_interval_session_id_idx" ON "presence_interval"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "attendance_session_id_person_id_key" ON "attendance"("session_id", "person_id");

-- CreateIndex
CREATE INDEX "attendance_amendment_attendance_id_idx" ON "attendance_amendment"("attendance_id");

-- CreateIndex
CREATE UNIQUE INDEX "room_channel_id_key" ON "room"("channel_id");

-- CreateIndex
CREATE INDEX "announcement_cohort_id_idx" ON "announcement"("cohort_id");

-- AddForeignKey
ALTER TABLE "cohort" ADD CONSTRAINT "cohort_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort" ADD CONSTRAINT "cohort_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort" ADD CONSTRAINT "cohort_co_facilitator_id_fkey" FOREIGN KEY ("co_facilitator_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_membership_id_fkey" FOREIGN KEY ("membership_id") REFERENCES "membership"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_event" ADD CONSTRAINT "session_event_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "turn" ADD CONSTRAINT "turn_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "turn" ADD CONSTRAINT "turn_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_in" ADD CONSTRAINT "check_in_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_in" ADD CONSTRAINT "check_in_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reflection" ADD CONSTRAINT "reflection_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reflection" ADD CONSTRAINT "reflection_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goal" ADD CONSTRAINT "goal_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goal" ADD CONSTRAINT "goal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goal_update" ADD CONSTRAINT "goal_update_goal_id_fkey" FOREIGN KEY ("goal_id") REFERENCES "goal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence_interval" ADD CONSTRAINT "presence_interval_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence_interval" ADD CONSTRAINT "presence_interval_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_amendment" ADD CONSTRAINT "attendance_amendment_attendance_id_fkey" FOREIGN KEY ("attendance_id") REFERENCES "attendance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room" ADD CONSTRAINT "room_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_message" ADD CONSTRAINT "standing_message_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_message" ADD CONSTRAINT "standing_message_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- From here on: what Prisma's schema cannot state.

-- Needed for "no overlap" per person and session.
CREATE EXTENSION IF NOT EXISTS "btree_gist";

-- Cohorts
CREATE UNIQUE INDEX "cohort_active_name_key" ON "cohort"("server_id", lower("name")) WHERE "state" = 'active';
ALTER TABLE "cohort"
  ADD CONSTRAINT "cohort_name_check" CHECK (char_length("name") BETWEEN 1 AND 100),
  ADD CONSTRAINT "cohort_group_type_check" CHECK ("group_type" IN ('psychoeducation', 'process', 'skills', 'support')),
  ADD CONSTRAINT "cohort_capacity_check" CHECK ("capacity" BETWEEN 2 AND 12),
  ADD CONSTRAINT "cohort_session_minutes_check" CHECK ("session_minutes" IN (60, 75, 90)),
  ADD CONSTRAINT "cohort_staff_check" CHECK ("lead_id" <> "co_facilitator_id"),
  ADD CONSTRAINT "cohort_late_after_minutes_check" CHECK ("late_after_minutes" >= 0),
  ADD CONSTRAINT "cohort_partial_below_percent_check" CHECK ("partial_below_percent" BETWEEN 0 AND 100),
  ADD CONSTRAINT "cohort_consent_round_check" CHECK ("consent_round" >= 0),
  ADD CONSTRAINT "cohort_state_check" CHECK ("state" IN ('active', 'archived'));

-- Memberships: one at a time per person and cohort, and never more than there is room for
CREATE UNIQUE INDEX "membership_active_key" ON "membership"("cohort_id", "person_id") WHERE "discharged_at" IS NULL;
ALTER TABLE "membership"
  ADD CONSTRAINT "membership_discharged_at_check" CHECK ("discharged_at" >= "enrolled_at");

CREATE FUNCTION "membership_within_capacity"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seats integer;
BEGIN
  -- The lock makes two enrolments into the last seat wait for each other.
  SELECT "capacity" INTO seats FROM "cohort" WHERE "id" = NEW."cohort_id" FOR UPDATE;
  IF (SELECT count(*) FROM "membership" WHERE "cohort_id" = NEW."cohort_id" AND "discharged_at" IS NULL) >= seats THEN
    RAISE EXCEPTION 'the cohort is full'
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'membership_within_capacity', TABLE = 'membership';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "membership_within_capacity" BEFORE INSERT ON "membership"
  FOR EACH ROW WHEN (NEW."discharged_at" IS NULL) EXECUTE FUNCTION "membership_within_capacity"();

-- Signatures: one that holds per membership, round of consent and text
CREATE UNIQUE INDEX "signature_live_key" ON "signature"("membership_id", "consent_round", "sha256")
  WHERE "withdrawn_at" IS NULL;
ALTER TABLE "signature"
  ADD CONSTRAINT "signature_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "signature_method_check" CHECK ("method" IN ('form', 'command')),
  ADD CONSTRAINT "signature_withdrawn_at_check" CHECK ("withdrawn_at" >= "signed_at");

-- Sessions: one unfinished per cohort, and each state holds what is true in it and nothing else
CREATE UNIQUE INDEX "session_unfinished_key" ON "session"("cohort_id") WHERE "state" <> 'ended';
ALTER TABLE "session"
  ADD CONSTRAINT "session_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "session_warning_check" CHECK ("warning" IN ('pending', 'given')),
  ADD CONSTRAINT "session_step_check" CHECK ("step" >= 0),
  ADD CONSTRAINT "session_state_check" CHECK (
    CASE "state"
      WHEN 'running' THEN num_nulls("step", "entered_at", "planned_end_at", "warning") = 0
        AND num_nonnulls("paused_at", "left_ms", "ended_at") = 0
      WHEN 'paused' THEN num_nulls("step", "entered_at", "paused_at", "left_ms", "warning") = 0
        AND num_nonnulls("planned_end_at", "ended_at") = 0
      WHEN 'ended' THEN "ended_at" IS NOT NULL
        AND num_nonnulls("step", "entered_at", "planned_end_at", "paused_at", "left_ms", "warning") = 0
      ELSE false
    END
  );

-- Turns: one person speaks, and nobody waits twice
CREATE UNIQUE INDEX "turn_speaking_key" ON "turn"("session_id") WHERE "state" = 'speaking';
CREATE UNIQUE INDEX "turn_waiting_key" ON "turn"("session_id", "person_id") WHERE "state" = 'waiting';
ALTER TABLE "turn"
  ADD CONSTRAINT "turn_state_check" CHECK ("state" IN ('waiting', 'speaking', 'done', 'passed', 'closed'));

-- Check-ins and reflections: a pass holds nothing else
ALTER TABLE "check_in"
  ADD CONSTRAINT "check_in_share_check" CHECK ("share" IN ('group', 'staff', 'pass')),
  ADD CONSTRAINT "check_in_pass_check" CHECK (("share" = 'pass') = ("sealed_arrival" IS NULL));
ALTER TABLE "reflection"
  ADD CONSTRAINT "reflection_share_check" CHECK ("share" IN ('group', 'staff', 'pass')),
  ADD CONSTRAINT "reflection_pass_check" CHECK (
    ("share" = 'pass') = ("take_away" IS NULL) AND ("share" <> 'pass' OR "sealed_intention" IS NULL)
  );

-- Goals
ALTER TABLE "goal"
  ADD CONSTRAINT "goal_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "goal_readers_check" CHECK ("readers" IN ('staff', 'only-me'));
ALTER TABLE "goal_update"
  ADD CONSTRAINT "goal_update_level_check" CHECK ("level" BETWEEN -2 AND 2);

-- Presence: nobody is in a room twice at the same time; an interval that goes on has no end yet
ALTER TABLE "presence_interval"
  ADD CONSTRAINT "presence_interval_seen_check" CHECK ("seen" IN ('observed', 'unobserved')),
  ADD CONSTRAINT "presence_interval_ended_at_check" CHECK ("ended_at" >= "started_at"),
  ADD CONSTRAINT "presence_interval_no_overlap" EXCLUDE USING gist (
    "session_id" WITH =,
    "person_id" WITH =,
    tstzrange("started_at", coalesce("ended_at", 'infinity')) WITH &&
  );

-- Attendance
ALTER TABLE "attendance"
  ADD CONSTRAINT "attendance_status_check" CHECK ("status" IN (
    'present', 'late', 'left-early', 'partial', 'no-show', 'excused', 'technical-failure', 'cancelled', 'made-up'
  )),
  ADD CONSTRAINT "attendance_minutes_check" CHECK (
    "minutes" >= 0 AND "unobserved_minutes" >= 0 AND "late_minutes" >= 0
  );
ALTER TABLE "attendance_amendment"
  ADD CONSTRAINT "attendance_amendment_status_check" CHECK ("status" IN (
    'present', 'late', 'left-early', 'partial', 'no-show', 'excused', 'technical-failure', 'cancelled', 'made-up'
  ));

-- Rooms and what stands or is said in them
ALTER TABLE "room"
  ADD CONSTRAINT "room_kind_check" CHECK ("kind" IN ('category', 'welcome', 'group', 'voice', 'staff'));
CREATE UNIQUE INDEX "standing_message_session_key" ON "standing_message"("cohort_id", "kind", "session_id")
  WHERE "session_id" IS NOT NULL;
CREATE UNIQUE INDEX "standing_message_cohort_key" ON "standing_message"("cohort_id", "kind")
  WHERE "session_id" IS NULL;
ALTER TABLE "standing_message"
  ADD CONSTRAINT "standing_message_kind_check" CHECK ("kind" IN ('session-card', 'staff-panel', 'agreement')),
  ADD CONSTRAINT "standing_message_session_check" CHECK (("kind" = 'session-card') = ("session_id" IS NOT NULL));
ALTER TABLE "announcement"
  ADD CONSTRAINT "announcement_room_check" CHECK ("room" IN ('group', 'staff')),
  ADD CONSTRAINT "announcement_said_check" CHECK (("said_at" IS NULL) = ("message_id" IS NULL));

-- What is written here stays as it was written
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER "session_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "session_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "goal_update_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "goal_update"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "attendance_amendment_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "attendance_amendment"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
