-- A draft knows in whose place it comes, so that of two that are confirmed at once only one is; and what it shows.
ALTER TABLE "schedule"
  ADD COLUMN "replaces_id" UUID,
  ADD COLUMN "shown_as_events" BOOLEAN,
  ADD CONSTRAINT "schedule_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "schedule_replaces_id_check" CHECK ("replaces_id" <> "id");
