-- Somebody who tests a microphone with Hearth: in turn with all others of the server, in a room of their own. What was
-- heard is kept as one word for its level, and nothing of the sound.
CREATE TABLE "microphone_check" (
  "id" UUID NOT NULL,
  "server_id" TEXT NOT NULL,
  "cohort_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "changed_at" TIMESTAMPTZ(3) NOT NULL,
  "level" TEXT,
  "why" TEXT,
  "version" INTEGER NOT NULL,
  CONSTRAINT "microphone_check_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "microphone_check_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "microphone_check_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "microphone_check_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "microphone_check_number_check" CHECK ("number" >= 1),
  CONSTRAINT "microphone_check_level_check" CHECK ("level" IN ('good', 'quiet', 'very-quiet', 'clipping', 'nothing')),
  CONSTRAINT "microphone_check_why_check" CHECK ("why" IN ('passed-over', 'left', 'interrupted', 'session', 'no-voice')),
  CONSTRAINT "microphone_check_state_check" CHECK (
    CASE
      WHEN "state" IN ('waiting', 'ready', 'listening', 'playing-back', 'ended') THEN num_nonnulls("level", "why") = 0
      WHEN "state" = 'heard' THEN "level" IS NOT NULL AND "why" IS NULL
      WHEN "state" = 'unheard' THEN "why" IS NOT NULL AND "level" IS NULL
      ELSE false
    END
  )
);
-- One open check a person, one person a room, and one with whom Hearth is.
CREATE UNIQUE INDEX "microphone_check_open_key" ON "microphone_check"("server_id", "person_id") WHERE "state" <> 'ended';
CREATE UNIQUE INDEX "microphone_check_room_key" ON "microphone_check"("cohort_id", "number") WHERE "state" <> 'ended';
CREATE UNIQUE INDEX "microphone_check_active_key" ON "microphone_check"("server_id")
  WHERE "state" IN ('ready', 'listening', 'playing-back');

-- That a member has tested a microphone in a round of consent: nobody is asked twice.
CREATE TABLE "microphone_test" (
  "membership_id" UUID NOT NULL,
  "consent_round" INTEGER NOT NULL,
  "how" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "microphone_test_pkey" PRIMARY KEY ("membership_id", "consent_round"),
  CONSTRAINT "microphone_test_membership_id_fkey" FOREIGN KEY ("membership_id") REFERENCES "membership"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "microphone_test_how_check" CHECK ("how" IN ('heard', 'self'))
);

-- Rooms in which one person tests a microphone bear a number, too, and so does the card in each.
ALTER TABLE "room"
  DROP CONSTRAINT "room_kind_check",
  ADD CONSTRAINT "room_kind_check" CHECK (
    CASE
      WHEN "kind" IN ('category', 'welcome', 'group', 'voice', 'staff') THEN "number" = 0
      WHEN "kind" IN ('one-to-one', 'one-to-one-voice', 'check-voice') THEN "number" >= 1
      ELSE false
    END
  );
ALTER TABLE "standing_message"
  ADD COLUMN "number" INTEGER,
  DROP CONSTRAINT "standing_message_kind_check",
  DROP CONSTRAINT "standing_message_posted_for_check",
  ADD CONSTRAINT "standing_message_kind_check" CHECK (
    "kind" IN ('session-card', 'staff-panel', 'agreement', 'lobby', 'individual-card', 'check-card')
  ),
  ADD CONSTRAINT "standing_message_number_check" CHECK (("kind" = 'check-card') = ("number" IS NOT NULL)),
  ADD CONSTRAINT "standing_message_posted_for_check" CHECK (
    "kind" IN ('staff-panel', 'lobby', 'check-card') OR num_nonnulls("posted_for", "former_message_id") = 0
  );
DROP INDEX "standing_message_cohort_key";
CREATE UNIQUE INDEX "standing_message_cohort_key" ON "standing_message"("cohort_id", "kind")
  WHERE "session_id" IS NULL AND "occurrence_id" IS NULL AND "number" IS NULL;
CREATE UNIQUE INDEX "standing_message_number_key" ON "standing_message"("cohort_id", "kind", "number")
  WHERE "number" IS NOT NULL;
