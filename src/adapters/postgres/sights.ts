/** Keeps what gateways see of voice rooms, for the processes that have none. */
import type { Sights, VoiceRoom } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

const statesOf = (serverId: string, rooms: readonly VoiceRoom[]) =>
  rooms.flatMap(({ channelId, accounts }) => accounts.map((account) => ({ serverId, channelId, account })));

/** What is seen, in a transaction. */
export const sightsIn = (tx: Transaction): Sights => ({
  alive: async (id, aliveAt) => {
    await tx.gateway.upsert({ where: { id }, create: { id, aliveAt }, update: { aliveAt } });
  },
  end: async (id) => {
    await tx.gateway.deleteMany({ where: { id } });
  },
  forget: async (before) => {
    await tx.gateway.deleteMany({ where: { aliveAt: { lt: before } } });
  },
  see: async (gatewayId, id, rooms) => {
    await tx.server.upsert({ where: { id }, create: { id, gatewayId }, update: { gatewayId } });
    await tx.voiceState.deleteMany({ where: { serverId: id } });
    await tx.voiceState.createMany({ data: statesOf(id, rooms), skipDuplicates: true });
  },
  lose: async (gatewayId, guildIds) => {
    const which = { id: { in: [...guildIds] }, gatewayId };
    await tx.server.updateMany({ where: which, data: { gatewayId: null } });
  },
  put: async (serverId, room) => {
    const { channelId, accounts } = room;
    // Whoever comes from another room of the server is there no more.
    const replaced = { OR: [{ channelId }, { account: { in: [...accounts] } }] };
    await tx.voiceState.deleteMany({ where: { serverId, ...replaced } });
    await tx.voiceState.createMany({ data: statesOf(serverId, [room]), skipDuplicates: true });
  },
  inRoom: async (id, channelId, aliveSince) => {
    const server = await tx.server.findFirst({
      where: { id, gateway: { aliveAt: { gte: aliveSince } } },
      select: { voiceStates: { where: { channelId }, select: { account: true } } },
    });
    return server?.voiceStates.map(({ account }) => account);
  },
});
