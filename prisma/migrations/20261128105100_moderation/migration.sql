-- What facilitators did to keep a session safe: what stands, and what was undone, when and why.
CREATE TABLE "moderation" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "session_id" UUID NOT NULL,
  "act" TEXT NOT NULL,
  "person_id" UUID,
  "accounts" TEXT[] NOT NULL,
  "by" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "until" TIMESTAMPTZ(3),
  "is_applied" BOOLEAN NOT NULL,
  "lifted_at" TIMESTAMPTZ(3),
  "lifted_by" TEXT,
  "why" TEXT,
  "is_settled" BOOLEAN NOT NULL,
  "version" INTEGER NOT NULL,
  CONSTRAINT "moderation_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "moderation_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "moderation_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "moderation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "moderation_person_check" CHECK (
    CASE WHEN "act" IN ('lock', 'hold-chat') THEN "person_id" IS NULL
         WHEN "act" IN ('mute', 'move-aside', 'remove', 'time-out') THEN "person_id" IS NOT NULL
         ELSE false END
  ),
  CONSTRAINT "moderation_lifted_check" CHECK (
    CASE WHEN "lifted_at" IS NULL THEN num_nonnulls("why", "lifted_by") = 0 AND NOT "is_settled"
         ELSE "why" IN ('asked', 'over', 'left', 'session-ended', 'restarted') END
  )
);
-- One of each stands at a time, and one person at a time is aside.
CREATE UNIQUE INDEX "moderation_standing_key" ON "moderation"("cohort_id", "act", "person_id") NULLS NOT DISTINCT
  WHERE "lifted_at" IS NULL;
CREATE UNIQUE INDEX "moderation_aside_key" ON "moderation"("cohort_id")
  WHERE "lifted_at" IS NULL AND "act" = 'move-aside';
CREATE INDEX "moderation_unsettled_idx" ON "moderation"("cohort_id") WHERE NOT "is_settled";
CREATE INDEX "moderation_session_id_idx" ON "moderation"("session_id");

-- A room for one person and one facilitator bears a number, as every room of few does.
ALTER TABLE "room"
  DROP CONSTRAINT "room_kind_check",
  ADD CONSTRAINT "room_kind_check" CHECK (
    CASE
      WHEN "kind" IN ('category', 'welcome', 'group', 'voice', 'staff') THEN "number" = 0
      WHEN "kind" IN ('one-to-one', 'one-to-one-voice', 'check-voice', 'aside-voice') THEN "number" >= 1
      ELSE false
    END
  );
