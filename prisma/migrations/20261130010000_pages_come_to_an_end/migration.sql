-- Pages lead on to others for an hour at most, from the address on that was given in Discord. Where those that are open now
-- began is not known: each counts as a beginning, and closes when it would have closed.
ALTER TABLE "form_link" ADD COLUMN "begun_at" TIMESTAMPTZ(3);
UPDATE "form_link" SET "begun_at" = "made_at";
ALTER TABLE "form_link" ALTER COLUMN "begun_at" SET NOT NULL,
  ADD CONSTRAINT "form_link_begun_check" CHECK ("begun_at" <= "made_at");
