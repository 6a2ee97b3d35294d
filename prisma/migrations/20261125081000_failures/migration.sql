-- CreateTable
CREATE TABLE "failure" (
    "id" UUID NOT NULL,
    "server_id" TEXT,
    "cohort_id" UUID,
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "reference" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" TEXT,
    "outcome" TEXT,

    CONSTRAINT "failure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "failure_server_id_failed_at_idx" ON "failure"("server_id", "failed_at");

-- CreateIndex
CREATE INDEX "failure_cohort_id_idx" ON "failure"("cohort_id");

-- AddForeignKey
ALTER TABLE "failure" ADD CONSTRAINT "failure_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure" ADD CONSTRAINT "failure_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- From here on: what Prisma's schema cannot state.

-- The very same job that fails again while it is open is the same failure
CREATE UNIQUE INDEX "failure_open_key" ON "failure"("job", "payload") WHERE "settled_at" IS NULL;
ALTER TABLE "failure"
  ADD CONSTRAINT "failure_attempts_check" CHECK ("attempts" >= 1),
  ADD CONSTRAINT "failure_outcome_check" CHECK ("outcome" IN ('retried', 'dismissed')),
  ADD CONSTRAINT "failure_settled_check" CHECK (
    ("settled_at" IS NULL) = ("settled_by" IS NULL) AND ("settled_at" IS NULL) = ("outcome" IS NULL)
  );

-- What was decided stays as it was decided
CREATE TRIGGER "failure_settled_once" BEFORE UPDATE ON "failure"
  FOR EACH ROW WHEN (OLD."settled_at" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "failure_kept" BEFORE DELETE OR TRUNCATE ON "failure"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
