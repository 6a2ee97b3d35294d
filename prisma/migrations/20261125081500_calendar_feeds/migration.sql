-- Addresses under which people's own calendars find the sessions of their groups: one that holds per person and server
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "server_id" TEXT NOT NULL,
    "token_sha256" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "calendar_feed_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "calendar_feed_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "calendar_feed_token_sha256_check" CHECK ("token_sha256" ~ '^[0-9a-f]{64}$'),
    CONSTRAINT "calendar_feed_revoked_at_check" CHECK ("revoked_at" >= "made_at")
);
CREATE UNIQUE INDEX "calendar_feed_token_sha256_key" ON "calendar_feed"("token_sha256");
CREATE INDEX "calendar_feed_person_id_idx" ON "calendar_feed"("person_id");
CREATE UNIQUE INDEX "calendar_feed_live_key" ON "calendar_feed"("person_id", "server_id") WHERE "revoked_at" IS NULL;
