-- A facilitator's word that the attendance of a session is as it was: once, and never taken back.
CREATE TABLE "attestation" (
  "session_id" UUID NOT NULL,
  "by" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "attestation_pkey" PRIMARY KEY ("session_id"),
  CONSTRAINT "attestation_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER "attestation_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "attestation"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- The code under which reports name a person: random, so that it tells nothing, and the same for every membership of
-- theirs in the cohort. 32 signs, without those that are easily taken for another.
CREATE FUNCTION "participant_code"() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT 'P-' || string_agg(substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + get_byte(bytes, n) % 32, 1), '')
  FROM (SELECT uuid_send(gen_random_uuid()) AS bytes OFFSET 0) AS dice, generate_series(0, 3) AS n
$$;

ALTER TABLE "membership" ADD COLUMN "code" TEXT NOT NULL DEFAULT '';

CREATE FUNCTION "membership_code"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock makes two enrolments at once wait for each other, so that they never bear the same code.
  PERFORM 1 FROM "cohort" WHERE "id" = NEW."cohort_id" FOR UPDATE;
  SELECT "code" INTO NEW."code" FROM "membership"
    WHERE "cohort_id" = NEW."cohort_id" AND "person_id" = NEW."person_id" AND "code" <> '' LIMIT 1;
  WHILE NEW."code" IS NULL OR EXISTS (
    SELECT 1 FROM "membership"
    WHERE "cohort_id" = NEW."cohort_id" AND "person_id" <> NEW."person_id" AND "code" = NEW."code"
  ) LOOP
    NEW."code" := "participant_code"();
  END LOOP;
  RETURN NEW;
END $$;

-- Those who are members already get theirs in the same way, one after the other.
CREATE TRIGGER "membership_code_given" BEFORE UPDATE ON "membership"
  FOR EACH ROW EXECUTE FUNCTION "membership_code"();
DO $$
DECLARE
  each uuid;
BEGIN
  FOR each IN SELECT "id" FROM "membership" LOOP
    UPDATE "membership" SET "code" = '' WHERE "id" = each;
  END LOOP;
END $$;
DROP TRIGGER "membership_code_given" ON "membership";

CREATE TRIGGER "membership_code" BEFORE INSERT ON "membership"
  FOR EACH ROW EXECUTE FUNCTION "membership_code"();
ALTER TABLE "membership"
  ADD CONSTRAINT "membership_code_check" CHECK ("code" ~ '^P-[2-9A-HJ-NP-Z]{4}$');
