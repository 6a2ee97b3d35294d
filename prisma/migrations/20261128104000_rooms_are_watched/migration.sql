-- What each room was brought to: a room that is otherwise was changed by somebody's hand.
CREATE TABLE "room_face" (
  "cohort_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "number" INTEGER NOT NULL DEFAULT 0,
  "face" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "until" TIMESTAMPTZ(3),
  CONSTRAINT "room_face_pkey" PRIMARY KEY ("cohort_id", "kind", "number", "face"),
  CONSTRAINT "room_face_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "room_face_now_key" ON "room_face"("cohort_id", "kind", "number") WHERE "until" IS NULL;

-- What somebody changed by hand and Hearth put right; told to the staff in one line for many.
CREATE TABLE "repair" (
  "id" UUID NOT NULL,
  "cohort_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "number" INTEGER NOT NULL DEFAULT 0,
  "what" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "told_at" TIMESTAMPTZ(3),
  CONSTRAINT "repair_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "repair_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "repair_what_check" CHECK ("what" IN ('name', 'people', 'place', 'seats', 'room', 'invitation', 'webhook'))
);
CREATE INDEX "repair_untold_idx" ON "repair"("cohort_id") WHERE "told_at" IS NULL;
CREATE INDEX "repair_told_idx" ON "repair"("cohort_id", "told_at");

-- What a look at the rooms found and Hearth cannot change: told once, and closed when it is gone.
CREATE TABLE "room_finding" (
  "id" BIGSERIAL NOT NULL,
  "cohort_id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "facts" JSONB NOT NULL,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "closed_at" TIMESTAMPTZ(3),
  CONSTRAINT "room_finding_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "room_finding_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "room_finding_open_key" ON "room_finding"("cohort_id", "key") WHERE "closed_at" IS NULL;

-- When the rooms of a cohort were last looked at, and since when a look is asked for that was not begun yet.
CREATE TABLE "room_look" (
  "cohort_id" UUID NOT NULL,
  "looked_at" TIMESTAMPTZ(3),
  "asked_at" TIMESTAMPTZ(3),
  CONSTRAINT "room_look_pkey" PRIMARY KEY ("cohort_id"),
  CONSTRAINT "room_look_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohort"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
