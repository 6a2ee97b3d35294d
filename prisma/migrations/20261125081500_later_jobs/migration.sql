-- CreateTable
CREATE TABLE "later_job" (
    "id" BIGSERIAL NOT NULL,
    "job" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "later_job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "later_job_due_at_idx" ON "later_job"("due_at");
