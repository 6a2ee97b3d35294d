-- What Discord does not let Hearth do stands no longer, and says so.
ALTER TABLE "moderation"
  DROP CONSTRAINT "moderation_lifted_check",
  ADD CONSTRAINT "moderation_lifted_check" CHECK (
    CASE WHEN "lifted_at" IS NULL THEN num_nonnulls("why", "lifted_by") = 0 AND NOT "is_settled"
         ELSE "why" IN ('asked', 'over', 'left', 'session-ended', 'restarted', 'not-allowed') END
  );
-- Who was in a room while it was locked is of no use when it is open again.
UPDATE "moderation" SET "accounts" = '{}' WHERE "act" = 'lock' AND "lifted_at" IS NOT NULL;
