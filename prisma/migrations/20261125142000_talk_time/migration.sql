-- How long each has spoken in a session: what is over, in milliseconds, and the stretch that may still go on. Never an
-- utterance by itself. It is deleted when the attendance of the session is attested, or after thirty days.
CREATE TABLE "talk_time" (
  "session_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "spoken_ms" INTEGER NOT NULL,
  "last_from" TIMESTAMPTZ(3) NOT NULL,
  "last_to" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "talk_time_pkey" PRIMARY KEY ("session_id", "person_id"),
  CONSTRAINT "talk_time_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "talk_time_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "talk_time_spoken_check" CHECK ("spoken_ms" >= 0),
  CONSTRAINT "talk_time_last_check" CHECK ("last_from" <= "last_to")
);
