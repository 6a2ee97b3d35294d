-- Whoever looks after a group is signed in on pages by Discord and a code of their own device. Of the secret that the
-- browser holds only the digest is kept.
CREATE TABLE "staff_session" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "token_sha256" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  "confirmed_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "staff_session_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "staff_session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "staff_session_token_sha256_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$')
);
CREATE UNIQUE INDEX "staff_session_token_sha256_key" ON "staff_session"("token_sha256");
CREATE INDEX "staff_session_person_id_idx" ON "staff_session"("person_id");

-- The secret of somebody's device is sealed; of the codes for when it is lost only the digests are kept.
CREATE TABLE "second_factor" (
  "person_id" UUID NOT NULL,
  "sealed_secret" TEXT NOT NULL,
  "confirmed_at" TIMESTAMPTZ(3),
  "last_step" INTEGER,
  "failures" INTEGER NOT NULL,
  "wait_until" TIMESTAMPTZ(3),
  CONSTRAINT "second_factor_pkey" PRIMARY KEY ("person_id"),
  CONSTRAINT "second_factor_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "second_factor_failures_check" CHECK ("failures" >= 0)
);
CREATE TABLE "recovery_code" (
  "person_id" UUID NOT NULL,
  "code_sha256" TEXT NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("person_id", "code_sha256"),
  CONSTRAINT "recovery_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
