-- Which event in the server's calendar stands for a meeting: at most one for each.
CREATE TABLE "scheduled_event" (
  "occurrence_id" UUID NOT NULL,
  "event_id" TEXT NOT NULL,
  CONSTRAINT "scheduled_event_pkey" PRIMARY KEY ("occurrence_id"),
  CONSTRAINT "scheduled_event_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "occurrence"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
