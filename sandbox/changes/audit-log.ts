/** Keeps the audit log: who did what to whom, and why. */
import { BITS } from '../permissions.ts';
import type { Call } from '../rest/route.ts';
import type { AuditEntry, Guild } from '../world.ts';

/** Audit log event types, by Discord's numbers. */
export const ACTION = {
  guildUpdate: 1,
  channelCreate: 10,
  channelUpdate: 11,
  channelDelete: 12,
  overwriteCreate: 13,
  overwriteUpdate: 14,
  overwriteDelete: 15,
  memberKick: 20,
  memberBan: 22,
  memberUnban: 23,
  memberUpdate: 24,
  memberRoles: 25,
  memberMove: 26,
  memberDisconnect: 27,
  roleCreate: 30,
  roleUpdate: 31,
  roleDelete: 32,
  inviteCreate: 40,
  inviteDelete: 42,
  webhookCreate: 50,
  webhookDelete: 52,
  messageDelete: 72,
  messageBulkDelete: 73,
  messagePin: 74,
  messageUnpin: 75,
  scheduledEventCreate: 100,
  scheduledEventUpdate: 101,
  scheduledEventDelete: 102,
  threadCreate: 110,
  threadUpdate: 111,
  threadDelete: 112,
  autoModerationCreate: 140,
  autoModerationUpdate: 141,
  autoModerationDelete: 142,
  voiceStatusUpdate: 192,
} as const;

/** How an entry looks on the wire. */
export const shapeEntry = (entry: AuditEntry) => ({
  id: entry.id,
  action_type: entry.action,
  user_id: entry.actorId,
  target_id: entry.targetId,
  ...(entry.options === null ? {} : { options: entry.options }),
  ...(entry.changes.length > 0 ? { changes: entry.changes } : {}),
  ...(entry.reason === null ? {} : { reason: entry.reason }),
});

/** What a call did, for the audit log. */
export type Deed = Pick<AuditEntry, 'action' | 'targetId'> & Partial<Pick<AuditEntry, 'changes' | 'options'>>;

/** Adds what a call did to the audit log, with its reason, and tells those who may view the log. */
export const record = ({ world, actor, reason }: Call, guild: Guild, deed: Deed): void => {
  const entry: AuditEntry = {
    id: world.newId(),
    actorId: actor.id,
    reason,
    changes: [],
    options: null,
    ...deed,
  };
  guild.auditLog.push(entry);
  world.emit({
    type: 'GUILD_AUDIT_LOG_ENTRY_CREATE',
    to: { guild: guild.id, needs: BITS.VIEW_AUDIT_LOG },
    data: { ...shapeEntry(entry), guild_id: guild.id },
  });
};

/** The changes between two wire objects, as the audit log lists them; {} stands for what is not there. */
export const differences = (before: object, after: object): AuditEntry['changes'] => {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => key !== 'id' && JSON.stringify(old.get(key)) !== JSON.stringify(now.get(key)))
    .map((key) => ({ key, old_value: old.get(key), new_value: now.get(key) }));
};
