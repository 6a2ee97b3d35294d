-- What is known of the encryption of a group's call, while its session or its lobby is open; nothing, when nothing is.
CREATE TABLE "call_encryption" (
  "cohort_id" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "privacy_code" TEXT,
  "outside" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  CONSTRAINT "call_encryption_pkey" PRIMARY KEY ("cohort_id"),
  CONSTRAINT "call_encryption_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "call_encryption_privacy_code_check" CHECK ("privacy_code" ~ '^[0-9]{30}$'),
  CONSTRAINT "call_encryption_state_check" CHECK (
    CASE
      WHEN "state" = 'on' THEN "privacy_code" IS NOT NULL
      WHEN "state" IN ('alone', 'off') THEN "privacy_code" IS NULL AND cardinality("outside") = 0
      ELSE false
    END
  )
);
