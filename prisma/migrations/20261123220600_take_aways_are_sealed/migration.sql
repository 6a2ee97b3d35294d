-- What somebody takes away is their own as much as how they arrive: it is sealed, too. Only Hearth can seal, and not this
-- file; what was told before would stay readable here, and is let go.
DELETE FROM "reflection" WHERE "take_away" IS NOT NULL;
ALTER TABLE "reflection" RENAME COLUMN "take_away" TO "sealed_take_away";
