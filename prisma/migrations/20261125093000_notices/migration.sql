-- How somebody of a group wants to be reached: by direct message only when they asked for it, and which reminders not at all.
CREATE TABLE "contact_preference" (
  "cohort_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "direct" BOOLEAN NOT NULL DEFAULT false,
  "off" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  CONSTRAINT "contact_preference_pkey" PRIMARY KEY ("cohort_id", "person_id"),
  CONSTRAINT "contact_preference_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "contact_preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "contact_preference_off_check" CHECK ("off" <@ ARRAY['day', 'hour', 'ten-minutes'])
);

-- What was told to whom, how, or why not. The insert is the claim: whoever is first to bear a key has it.
CREATE TABLE "notice" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "occurrence_id" UUID,
  "person_id" UUID,
  "key" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "reminder" TEXT,
  "facts" JSONB NOT NULL,
  "direct" BOOLEAN NOT NULL,
  "room" TEXT,
  "told_in" UUID,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "outcome" TEXT NOT NULL DEFAULT 'pending',
  "why" TEXT,
  "settled_at" TIMESTAMPTZ(3),
  "message_id" TEXT,
  CONSTRAINT "notice_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notice_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "notice_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "occurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "notice_told_in_fkey" FOREIGN KEY ("told_in") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "notice_reminder_check" CHECK ("reminder" IN ('day', 'hour', 'ten-minutes')),
  CONSTRAINT "notice_room_check" CHECK ("room" IN ('group', 'staff')),
  -- For nobody in particular it is said in a room; in the words of another, it is never said by itself.
  CONSTRAINT "notice_person_check" CHECK ("person_id" IS NOT NULL OR ("room" IS NOT NULL AND NOT "direct")),
  CONSTRAINT "notice_told_in_check" CHECK ("told_in" IS NULL OR ("person_id" IS NOT NULL AND NOT "direct")),
  CONSTRAINT "notice_why_check" CHECK ("why" IN (
    'closed', 'opted-out', 'not-coming', 'not-signed', 'has-begun', 'superseded', 'moved', 'room-gone', 'unsure'
  )),
  CONSTRAINT "notice_outcome_check" CHECK (
    CASE "outcome"
      WHEN 'pending' THEN num_nonnulls("settled_at", "message_id") = 0
      WHEN 'direct' THEN num_nulls("settled_at", "message_id") = 0
      WHEN 'mention' THEN num_nulls("settled_at", "message_id") = 0
      WHEN 'room' THEN num_nulls("settled_at", "message_id") = 0
      WHEN 'dropped' THEN num_nulls("settled_at", "why") = 0 AND "message_id" IS NULL
      ELSE false
    END
  )
);
CREATE UNIQUE INDEX "notice_key_key" ON "notice"("key");
CREATE INDEX "notice_cohort_id_made_at_idx" ON "notice"("cohort_id", "made_at");
CREATE INDEX "notice_person_id_cohort_id_made_at_idx" ON "notice"("person_id", "cohort_id", "made_at");
CREATE INDEX "notice_occurrence_id_idx" ON "notice"("occurrence_id");
CREATE INDEX "notice_told_in_idx" ON "notice"("told_in") WHERE "told_in" IS NOT NULL;

-- What was settled stays as it was, and nothing is taken out of the ledger.
CREATE FUNCTION "notice_stays_settled"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a notice that was settled stays settled'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'notice_stays_settled', TABLE = 'notice';
END $$;
CREATE TRIGGER "notice_stays_settled" BEFORE UPDATE ON "notice"
  FOR EACH ROW WHEN (OLD."outcome" <> 'pending') EXECUTE FUNCTION "notice_stays_settled"();

-- A lobby stands for a meeting. A panel is posted anew for a session, and a lobby for another time; the message before it
-- is then taken away.
ALTER TABLE "standing_message"
  ADD COLUMN "occurrence_id" UUID,
  ADD COLUMN "posted_for" TEXT,
  ADD COLUMN "former_message_id" TEXT,
  DROP CONSTRAINT "standing_message_kind_check",
  DROP CONSTRAINT "standing_message_session_check",
  ADD CONSTRAINT "standing_message_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "occurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "standing_message_kind_check" CHECK ("kind" IN ('session-card', 'staff-panel', 'agreement', 'lobby')),
  ADD CONSTRAINT "standing_message_session_check" CHECK (("kind" = 'session-card') = ("session_id" IS NOT NULL)),
  ADD CONSTRAINT "standing_message_occurrence_check" CHECK (("kind" = 'lobby') = ("occurrence_id" IS NOT NULL)),
  ADD CONSTRAINT "standing_message_posted_for_check" CHECK ("kind" IN ('staff-panel', 'lobby') OR num_nonnulls("posted_for", "former_message_id") = 0);
DROP INDEX "standing_message_cohort_key";
CREATE UNIQUE INDEX "standing_message_cohort_key" ON "standing_message"("cohort_id", "kind")
  WHERE num_nonnulls("session_id", "occurrence_id") = 0;
CREATE UNIQUE INDEX "standing_message_occurrence_key" ON "standing_message"("cohort_id", "kind", "occurrence_id")
  WHERE "occurrence_id" IS NOT NULL;

-- Who may read what somebody intends: they alone, unless they say otherwise.
ALTER TABLE "reflection"
  ADD COLUMN "intention_readers" TEXT NOT NULL DEFAULT 'only-me',
  ADD CONSTRAINT "reflection_intention_readers_check" CHECK (
    "intention_readers" IN ('only-me', 'staff') AND ("intention_readers" = 'only-me' OR "sealed_intention" IS NOT NULL)
  );
