-- Of what concerns two people alone, they are told in the room that is theirs when they cannot be reached directly.
ALTER TABLE "notice"
  ADD COLUMN "room_number" INTEGER,
  DROP CONSTRAINT "notice_room_check",
  DROP CONSTRAINT "notice_why_check",
  ADD CONSTRAINT "notice_room_check" CHECK ("room" IN ('group', 'staff', 'one-to-one')),
  ADD CONSTRAINT "notice_room_number_check" CHECK (("room" IS NOT DISTINCT FROM 'one-to-one') = ("room_number" IS NOT NULL)),
  -- Nothing is said in that room to nobody in particular.
  ADD CONSTRAINT "notice_room_of_two_check" CHECK ("room_number" IS NULL OR ("person_id" IS NOT NULL AND "told_in" IS NULL)),
  ADD CONSTRAINT "notice_why_check" CHECK ("why" IN (
    'closed', 'opted-out', 'not-coming', 'not-signed', 'has-begun', 'superseded', 'moved', 'room-gone', 'settled', 'unsure'
  ));
CREATE INDEX "notice_room_number_idx" ON "notice"("cohort_id", "made_at") WHERE "room_number" IS NOT NULL;
