-- Whether somebody is told by themselves of what is done to them; whoever it was done to before has been told already.
ALTER TABLE "moderation" ADD COLUMN "is_told" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "moderation" ALTER COLUMN "is_told" DROP DEFAULT;
