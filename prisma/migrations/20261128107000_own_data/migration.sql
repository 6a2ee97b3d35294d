-- Whoever is erased leaves codes that lead to nobody: with their key the person of their code is gone, at the end of the
-- transaction, so that the entries about the erasing itself still bear the code.
CREATE FUNCTION "audit_code_of_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "audit_code" SET "person_id" = NULL WHERE "person_id" = NEW."owner_id";
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "data_key_destroyed" AFTER INSERT OR UPDATE ON "data_key"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW."destroyed_at" IS NOT NULL AND NEW."owner_kind" = 'person')
  EXECUTE FUNCTION "audit_code_of_erased"();

-- What came to pass stays as it was written; of whoever was erased it no longer tells that it was they.
DROP TRIGGER "session_event_append_only" ON "session_event";
CREATE TRIGGER "session_event_kept" BEFORE DELETE OR TRUNCATE ON "session_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "session_event_append_only" BEFORE UPDATE ON "session_event"
  FOR EACH ROW WHEN (
    (to_jsonb(NEW) - 'by') IS DISTINCT FROM (to_jsonb(OLD) - 'by') OR NEW."by" IS NOT NULL
  ) EXECUTE FUNCTION "refuse_change"();

-- Nobody is put on a roster or a waiting list who was erased meanwhile: whoever tries it once more finds somebody new. It
-- fires after the row has waited for whoever erases them, and so sees that it is done.
CREATE FUNCTION "refuse_erased"() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF EXISTS (SELECT FROM "data_key" WHERE "owner_id" = NEW."person_id" AND "destroyed_at" IS NOT NULL) THEN
    RAISE EXCEPTION 'whose it is was erased' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "membership_of_somebody" AFTER INSERT ON "membership"
  FOR EACH ROW EXECUTE FUNCTION "refuse_erased"();
CREATE TRIGGER "waitlist_entry_of_somebody" AFTER INSERT ON "waitlist_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_erased"();
