-- What somebody who is responsible for a person is asked to look after; settled once, and for good.
CREATE TABLE "task" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "assignee_id" UUID NOT NULL,
  "occurrence_id" UUID,
  "session_id" UUID,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "settled_at" TIMESTAMPTZ(3),
  "settled_by" TEXT,
  "outcome" TEXT,
  CONSTRAINT "task_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "task_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "task_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "task_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "task_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "occurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "task_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "task_number_check" CHECK ("number" >= 1),
  CONSTRAINT "task_kind_check" CHECK ("kind" IN ('absence-told', 'no-show', 'no-shows-in-a-row', 'make-up-due')),
  CONSTRAINT "task_outcome_check" CHECK ("outcome" IN ('looked-after', 'not-reached', 'not-needed', 'withdrawn')),
  CONSTRAINT "task_settled_check" CHECK (num_nulls("settled_at", "settled_by", "outcome") IN (0, 3))
);
CREATE UNIQUE INDEX "task_cohort_id_number_key" ON "task"("cohort_id", "number");
-- Nobody is asked twice about the same absence: one task a person and session, and one that is open a person and meeting.
CREATE UNIQUE INDEX "task_session_key" ON "task"("session_id", "person_id", "kind") WHERE "session_id" IS NOT NULL;
CREATE UNIQUE INDEX "task_occurrence_key" ON "task"("occurrence_id", "person_id", "kind")
  WHERE "occurrence_id" IS NOT NULL AND "settled_at" IS NULL;

-- Who ticked what, and when: an item once, and never taken back.
CREATE TABLE "task_tick" (
  "task_id" UUID NOT NULL,
  "item" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "task_tick_pkey" PRIMARY KEY ("task_id", "item"),
  CONSTRAINT "task_tick_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "task_tick_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "task_tick"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
