-- Hearth is in the call, and its encryption is still being agreed on; or somebody sent it away, and it stays out.
ALTER TABLE "call_encryption"
  DROP CONSTRAINT "call_encryption_state_check",
  ADD CONSTRAINT "call_encryption_state_check" CHECK (
    CASE
      WHEN "state" = 'on' THEN "privacy_code" IS NOT NULL
      WHEN "state" IN ('sent-away', 'agreeing', 'alone', 'off') THEN "privacy_code" IS NULL AND cardinality("outside") = 0
      ELSE false
    END
  );
