-- Audio that a cohort's programme owns. What is heard, what it is called and what it is in words are sealed; once removed,
-- nothing of them is left but that there was something.
CREATE TABLE "media" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "container" TEXT NOT NULL,
  "duration_ms" INTEGER NOT NULL,
  "bytes" INTEGER NOT NULL,
  "sealed_title" TEXT,
  "sealed_alternative" TEXT,
  "sealed_audio" BYTEA,
  "added_by" TEXT NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL,
  "removed_by" TEXT,
  "removed_at" TIMESTAMPTZ(3),
  CONSTRAINT "media_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "media_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "media_number_check" CHECK ("number" >= 1),
  CONSTRAINT "media_container_check" CHECK ("container" IN ('ogg', 'webm')),
  CONSTRAINT "media_duration_check" CHECK ("duration_ms" BETWEEN 1 AND 1200000),
  CONSTRAINT "media_bytes_check" CHECK ("bytes" BETWEEN 1 AND 8388608),
  CONSTRAINT "media_removed_check" CHECK (
    CASE
      WHEN "removed_at" IS NULL THEN "removed_by" IS NULL
        AND num_nulls("sealed_title", "sealed_alternative", "sealed_audio") = 0
      ELSE "removed_by" IS NOT NULL AND num_nonnulls("sealed_title", "sealed_alternative", "sealed_audio") = 0
    END
  )
);
CREATE UNIQUE INDEX "media_cohort_id_number_key" ON "media"("cohort_id", "number");

-- What sounds, or sounded, in a session: one thing at a time, with everything that it needs to go on as it began. Each
-- state holds what is true in it and nothing else.
CREATE TABLE "playback" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "session_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "exercise_id" TEXT,
  "course" JSONB,
  "media_id" UUID,
  "length_ms" INTEGER NOT NULL,
  "started_by" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "state" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3),
  "position_ms" INTEGER,
  "because" TEXT,
  "ended_at" TIMESTAMPTZ(3),
  "how" TEXT,
  "version" INTEGER NOT NULL,
  CONSTRAINT "playback_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "playback_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "playback_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "playback_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "playback_length_check" CHECK ("length_ms" >= 1),
  CONSTRAINT "playback_position_check" CHECK ("position_ms" BETWEEN 0 AND "length_ms"),
  CONSTRAINT "playback_because_check" CHECK ("because" IN ('asked', 'session')),
  CONSTRAINT "playback_how_check" CHECK ("how" IN ('over', 'stopped', 'part-left', 'session-ended', 'removed')),
  CONSTRAINT "playback_kind_check" CHECK (
    CASE "kind"
      WHEN 'exercise' THEN num_nulls("exercise_id", "course") = 0 AND "media_id" IS NULL
      WHEN 'media' THEN num_nonnulls("exercise_id", "course") = 0 AND "media_id" IS NOT NULL
      ELSE false
    END
  ),
  CONSTRAINT "playback_state_check" CHECK (
    CASE "state"
      WHEN 'playing' THEN num_nulls("since", "position_ms") = 0 AND num_nonnulls("because", "ended_at", "how") = 0
      WHEN 'paused' THEN num_nulls("position_ms", "because") = 0 AND num_nonnulls("since", "ended_at", "how") = 0
      WHEN 'ended' THEN num_nulls("ended_at", "how") = 0 AND num_nonnulls("since", "position_ms", "because") = 0
      ELSE false
    END
  )
);
CREATE UNIQUE INDEX "playback_unfinished_key" ON "playback"("session_id") WHERE "state" <> 'ended';
CREATE INDEX "playback_session_idx" ON "playback"("session_id", "started_at");

-- Something to be watched together that was shown to the group in a session; what it is, and where, is sealed.
CREATE TABLE "shared_link" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "session_id" UUID NOT NULL,
  "sealed_address" TEXT NOT NULL,
  "sealed_title" TEXT NOT NULL,
  "sealed_alternative" TEXT,
  "sealed_invitation" TEXT,
  "shared_by" TEXT NOT NULL,
  "shared_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "shared_link_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "shared_link_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "shared_link_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "shared_link_session_idx" ON "shared_link"("session_id", "shared_at");

-- The cards of both belong to a session, and are posted anew with each thing that they show.
ALTER TABLE "standing_message"
  DROP CONSTRAINT "standing_message_kind_check",
  DROP CONSTRAINT "standing_message_session_check",
  DROP CONSTRAINT "standing_message_posted_for_check",
  ADD CONSTRAINT "standing_message_kind_check" CHECK (
    "kind" IN (
      'session-card', 'staff-panel', 'agreement', 'lobby', 'individual-card', 'check-card', 'exercise-card', 'link-card'
    )
  ),
  ADD CONSTRAINT "standing_message_session_check" CHECK (
    ("kind" IN ('session-card', 'exercise-card', 'link-card')) = ("session_id" IS NOT NULL)
  ),
  ADD CONSTRAINT "standing_message_posted_for_check" CHECK (
    "kind" IN ('staff-panel', 'lobby', 'check-card', 'exercise-card', 'link-card')
    OR num_nonnulls("posted_for", "former_message_id") = 0
  );
