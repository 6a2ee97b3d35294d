-- Where a group answers what is theirs alone to tell. Groups that were there before go on as they did.
ALTER TABLE "cohort"
  ADD COLUMN "clinical" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "private_answers" TEXT NOT NULL DEFAULT 'discord',
  ADD CONSTRAINT "cohort_private_answers_check" CHECK ("private_answers" IN ('discord', 'link'));

-- That an admin accepted, under which wording, that a clinical group answers in Discord: it stays kept.
CREATE TABLE "answers_statement" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "accepted_by" TEXT NOT NULL,
  "accepted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "answers_statement_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "answers_statement_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "answers_statement_version_check" CHECK ("version" >= 1)
);
CREATE UNIQUE INDEX "answers_statement_cohort_id_version_key" ON "answers_statement"("cohort_id", "version");

-- An address that opens one page for one person, once. Of its secret only the digest is kept, and of what is filled in
-- under it nothing: `given` holds ids and codes.
CREATE TABLE "form_link" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "server_id" TEXT NOT NULL,
  "cohort_id" UUID NOT NULL,
  "token_sha256" TEXT NOT NULL,
  "path" TEXT NOT NULL,
  "given" JSONB NOT NULL,
  "locale" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "form_link_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "form_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "form_link_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "form_link_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "form_link_token_sha256_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "form_link_given_check" CHECK (jsonb_typeof("given") = 'object'),
  CONSTRAINT "form_link_used_check" CHECK ("used_at" >= "made_at")
);
CREATE UNIQUE INDEX "form_link_token_sha256_key" ON "form_link"("token_sha256");
CREATE INDEX "form_link_person_id_idx" ON "form_link"("person_id", "made_at");
CREATE INDEX "form_link_cohort_id_idx" ON "form_link"("cohort_id");
