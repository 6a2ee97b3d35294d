-- A key for everybody of whom something is sealed, and for every cohort that owns something sealed, itself sealed with a
-- master key. Whoever is erased loses theirs for good: what was sealed with it opens for nobody any more, in no backup of
-- the rows alone either.
CREATE TABLE "data_key" (
  "owner_id" UUID NOT NULL,
  "owner_kind" TEXT NOT NULL,
  "wrapped" TEXT,
  "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "destroyed_at" TIMESTAMPTZ(3),
  CONSTRAINT "data_key_pkey" PRIMARY KEY ("owner_id"),
  CONSTRAINT "data_key_owner_kind_check" CHECK ("owner_kind" IN ('person', 'cohort')),
  CONSTRAINT "data_key_destroyed_check" CHECK (("wrapped" IS NULL) = ("destroyed_at" IS NOT NULL))
);
CREATE TRIGGER "data_key_stays_destroyed" BEFORE UPDATE ON "data_key"
  FOR EACH ROW WHEN (OLD."destroyed_at" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "data_key_kept" BEFORE DELETE OR TRUNCATE ON "data_key"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Levels of goals are sealed from now on. Those from before stay as they are until `npm run keys -- rotate` seals them:
-- no statement of SQL can, because the keys are not in the database.
ALTER TABLE "goal_update"
  ADD COLUMN "sealed_level" TEXT,
  ALTER COLUMN "level" DROP NOT NULL,
  ADD CONSTRAINT "goal_update_one_level_check" CHECK (num_nonnulls("level", "sealed_level") = 1);

-- Append-only still means that nothing of what was said may change; but what was sealed with a master key itself, or was
-- not sealed, may be sealed with a data key, once.
DROP TRIGGER "goal_update_append_only" ON "goal_update";
CREATE TRIGGER "goal_update_kept" BEFORE DELETE OR TRUNCATE ON "goal_update"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "goal_update_append_only" BEFORE UPDATE ON "goal_update"
  FOR EACH ROW WHEN (
    (to_jsonb(NEW) - '{level,sealed_level,sealed_note}'::text[])
      IS DISTINCT FROM (to_jsonb(OLD) - '{level,sealed_level,sealed_note}'::text[])
    OR NEW."sealed_note" IS DISTINCT FROM OLD."sealed_note"
      AND (OLD."sealed_note" LIKE 'v1.%' AND NEW."sealed_note" LIKE 'v2.%') IS NOT TRUE
    OR (NEW."level", NEW."sealed_level") IS DISTINCT FROM (OLD."level", OLD."sealed_level")
      AND (OLD."level" IS NOT NULL AND NEW."sealed_level" LIKE 'v2.%') IS NOT TRUE
  ) EXECUTE FUNCTION "refuse_change"();
DROP TRIGGER "attendance_amendment_append_only" ON "attendance_amendment";
CREATE TRIGGER "attendance_amendment_kept" BEFORE DELETE OR TRUNCATE ON "attendance_amendment"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "attendance_amendment_append_only" BEFORE UPDATE ON "attendance_amendment"
  FOR EACH ROW WHEN (
    (to_jsonb(NEW) - 'sealed_reason') IS DISTINCT FROM (to_jsonb(OLD) - 'sealed_reason')
    OR (OLD."sealed_reason" LIKE 'v1.%' AND NEW."sealed_reason" LIKE 'v2.%') IS NOT TRUE
  ) EXECUTE FUNCTION "refuse_change"();
