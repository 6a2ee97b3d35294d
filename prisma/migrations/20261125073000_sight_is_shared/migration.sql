-- Gateways: processes that see servers, and when each was last alive
CREATE TABLE "gateway" (
    "id" UUID NOT NULL,
    "alive_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gateway_pkey" PRIMARY KEY ("id")
);

-- A server is seen by one gateway at most, and by none when that one is forgotten
ALTER TABLE "server" ADD COLUMN "gateway_id" UUID;
CREATE INDEX "server_gateway_id_idx" ON "server"("gateway_id");
ALTER TABLE "server" ADD CONSTRAINT "server_gateway_id_fkey" FOREIGN KEY ("gateway_id") REFERENCES "gateway"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Who is in the voice rooms of cohorts: in one room of a server at most
CREATE TABLE "voice_state" (
    "server_id" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,

    CONSTRAINT "voice_state_pkey" PRIMARY KEY ("server_id","account")
);
CREATE INDEX "voice_state_channel_id_idx" ON "voice_state"("channel_id");
ALTER TABLE "voice_state" ADD CONSTRAINT "voice_state_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
