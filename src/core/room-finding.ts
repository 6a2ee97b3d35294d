/** What a look at the rooms of a cohort finds and Hearth cannot change: told to the staff once, and closed when it is gone. */
import { bypassing, type CohortAudit, type Risk } from './room-access.ts';
import type { RoomId } from './rooms.ts';

export type Finding =
  | { readonly kind: 'owner'; readonly account: string }
  /** So many people bear a role with Administrator. */
  | {
      readonly kind: 'administrators';
      readonly roleId: string;
      readonly role: string;
      readonly bearers: number;
    }
  | { readonly kind: 'bot'; readonly account: string }
  | { readonly kind: 'hearth-administrator' }
  /** As Discord names the rights. */
  | { readonly kind: 'rights-missing'; readonly rights: readonly string[] }
  | { readonly kind: 'thread'; readonly room: RoomId }
  | { readonly kind: 'risk'; readonly risk: Risk };

/** Names a finding among those of its cohort; another number of people is the same finding. */
export const findingKey = (finding: Finding): string => {
  switch (finding.kind) {
    case 'owner':
    case 'bot':
      return `${finding.kind} ${finding.account}`;
    case 'administrators':
      return `administrators ${finding.roleId}`;
    case 'thread':
      return `thread ${finding.room.kind} ${finding.room.number ?? 0}`;
    case 'risk':
      return `risk ${finding.risk}`;
    default:
      return finding.kind;
  }
};

const findingOf = ({ who }: ReturnType<typeof bypassing>[number]): readonly Finding[] => {
  switch (who.kind) {
    case 'person':
      return [{ kind: 'owner', account: who.account }];
    case 'bot':
      return [{ kind: 'bot', account: who.account }];
    case 'role': {
      const { id: roleId, name: role, bearers = 0 } = who;
      // Nobody gets in by a role that nobody bears.
      return bearers > 0 ? [{ kind: 'administrators', roleId, role, bearers }] : [];
    }
    default:
      return [];
  }
};

/** Those of which whoever leads a group should know; the others are for admins, who find them with `/doctor`. */
const OF_THE_STAFF: ReadonlySet<Risk> = new Set(['discoverable', 'widget', 'vanity-address']);

/** Everything that a look finds. */
export const findingsOf = ({ rooms, hearth, risks }: CohortAudit): readonly Finding[] => [
  ...bypassing(rooms).flatMap(findingOf),
  ...(hearth.administrator ? [{ kind: 'hearth-administrator' } as const] : []),
  ...(hearth.missing.length > 0 ? [{ kind: 'rights-missing', rights: hearth.missing } as const] : []),
  ...rooms
    .filter(({ threads }) => threads > 0)
    .map(
      ({ kind, number }) =>
        ({ kind: 'thread', room: { kind, ...(number !== undefined && { number }) } }) as const,
    ),
  ...risks.filter((risk) => OF_THE_STAFF.has(risk)).map((risk) => ({ kind: 'risk', risk }) as const),
];

const sizeOf = (finding: Finding): number => {
  if (finding.kind === 'administrators') return finding.bearers;
  return finding.kind === 'rights-missing' ? finding.rights.length : 1;
};

/** What is to be opened, kept with other facts, and closed, so that the open findings are those of now. */
export interface FindingChanges {
  /** To be told: new, or more than before. */
  readonly news: readonly Finding[];
  /** All that are there now. */
  readonly now: readonly Finding[];
  /** Keys of those that are gone. */
  readonly gone: readonly string[];
}

/** What changed since the last look; `open` were found before and not gone since. */
export const changesOf = (found: readonly Finding[], open: readonly Finding[]): FindingChanges => {
  const before = new Map(open.map((finding) => [findingKey(finding), finding]));
  const keys = new Set(found.map(findingKey));
  return {
    now: found,
    news: found.filter((finding) => {
      const known = before.get(findingKey(finding));
      return !known || sizeOf(finding) > sizeOf(known);
    }),
    gone: [...before.keys()].filter((key) => !keys.has(key)),
  };
};
