-- What is looked up of one person, and of a group in order of time.
CREATE INDEX "attendance_person_idx" ON "attendance"("person_id");
CREATE INDEX "session_cohort_started_idx" ON "session"("cohort_id", "started_at");
