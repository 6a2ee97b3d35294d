-- What a cohort wants of its calls.
ALTER TABLE "cohort"
  ADD COLUMN "joins_calls" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "encryption" TEXT NOT NULL DEFAULT 'warn',
  ADD COLUMN "chimes" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "exercise_sounds" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "talk_time" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "cohort_encryption_check" CHECK ("encryption" IN ('warn', 'refuse'));
