-- Whether Discord itself stops some messages in the rooms of a group, and shows its staff what it stopped.
ALTER TABLE "cohort"
  ADD COLUMN "auto_moderation" TEXT NOT NULL DEFAULT 'off',
  ADD CONSTRAINT "cohort_auto_moderation_check" CHECK ("auto_moderation" IN ('off', 'on', 'shown'));
