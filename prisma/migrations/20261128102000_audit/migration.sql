-- Who did what: a chain of sealed entries for each server, which only ever grows, and names people by codes alone.
CREATE TABLE "audit_entry" (
    "chain" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT,
    "role" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "object" TEXT,
    "cohort" UUID,
    "subject" TEXT,
    "outcome" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("chain", "number")
);
CREATE INDEX "audit_entry_cohort_idx" ON "audit_entry"("cohort", "number");
CREATE INDEX "audit_entry_actor_idx" ON "audit_entry"("actor", "number");
CREATE INDEX "audit_entry_subject_idx" ON "audit_entry"("subject", "number");
ALTER TABLE "audit_entry"
  ADD CONSTRAINT "audit_entry_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "audit_entry_outcome_check" CHECK ("outcome" IN ('done', 'denied')),
  ADD CONSTRAINT "audit_entry_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "audit_entry_previous_check" CHECK (("previous" = '') = ("number" = 1));
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What seals entries, by the name of the key that it was derived from, encrypted: entries outlive the keys of the ring.
CREATE TABLE "audit_key" (
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "audit_key_pkey" PRIMARY KEY ("name")
);

-- The code under which entries name a person: random, and kept when the person is erased, of whom it then tells nothing.
CREATE TABLE "audit_code" (
    "code" TEXT NOT NULL,
    "person_id" UUID,

    CONSTRAINT "audit_code_pkey" PRIMARY KEY ("code")
);
CREATE UNIQUE INDEX "audit_code_person_id_key" ON "audit_code"("person_id");
ALTER TABLE "audit_code" ADD CONSTRAINT "audit_code_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- 32 signs, without those that are easily taken for another; only bytes of which every bit is random.
CREATE FUNCTION "audit_code_of_chance"() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT 'A-' || string_agg(substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + get_byte(bytes, n) % 32, 1), '')
  FROM (SELECT uuid_send(gen_random_uuid()) AS bytes OFFSET 0) AS dice, unnest(ARRAY[0, 1, 2, 3, 4, 5, 9, 10, 11, 12]) AS n
$$;
CREATE FUNCTION "audit_code_given"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audit_code" ("code", "person_id") VALUES ("audit_code_of_chance"(), NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_code_given" AFTER INSERT ON "person"
  FOR EACH ROW EXECUTE FUNCTION "audit_code_given"();
INSERT INTO "audit_code" ("code", "person_id") SELECT "audit_code_of_chance"(), "id" FROM "person";

-- A code is given once: it may lose its person, and never get another
CREATE TRIGGER "audit_code_stays" BEFORE UPDATE ON "audit_code"
  FOR EACH ROW WHEN (NEW."code" <> OLD."code" OR NEW."person_id" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_code_kept" BEFORE DELETE OR TRUNCATE ON "audit_code"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Has everybody else who writes to the chain wait until this transaction ends, and only then looks at its last entry:
-- each statement of a volatile function sees what was committed before it.
CREATE FUNCTION "audit_head"(of_chain text, people uuid[])
RETURNS TABLE ("number" integer, "hash" text, "codes" jsonb) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('hearth audit'), hashtext(of_chain));
  RETURN QUERY
    SELECT coalesce(head."number", 0), coalesce(head."hash", ''), named."codes"
    FROM (
      SELECT coalesce(jsonb_object_agg("person_id", "code"), '{}') AS "codes"
      FROM "audit_code" WHERE "person_id" = ANY(people)
    ) AS named
    LEFT JOIN (
      SELECT each."number", each."hash" FROM "audit_entry" AS each
      WHERE each."chain" = of_chain ORDER BY each."number" DESC LIMIT 1
    ) AS head ON true;
END $$;
