/**
 * Who did what: a chain of entries for each server, and one without a name for what concerns none. Each entry is sealed
 * with a key over all that it tells, its number and the hash of the one before it, so that none can be changed, taken
 * out, moved or put in without being found. People are named by random codes; nothing that somebody wrote is in it.
 */
import type { Standing } from './access.ts';

/**
 * - `write`: kept, for the first time or instead of what was there
 * - `permission`: what somebody may do or enter was changed
 * - `restore`: a backup was put in the place of what was lost: what had been noted after it was made is gone
 * - `ask`: a command that was refused to whoever asked for it
 */
export const AUDIT_ACTIONS = [
  'create',
  'write',
  'change',
  'remove',
  'read',
  'export',
  'permission',
  'sign-in',
  'break-glass',
  'rotate-keys',
  'restore',
  'ask',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What an entry may be about. */
export const AUDIT_KINDS = [
  'cohort',
  'membership',
  'signature',
  'agreement',
  'cycle',
  'waitlist',
  'session',
  'playback',
  'media',
  'link',
  'pair',
  'make-up',
  'check-in',
  'reflection',
  'goal',
  'attendance',
  'attestation',
  'talk-time',
  'microphone-test',
  'schedule',
  'holiday',
  'meeting',
  'answer',
  'place',
  'task',
  'calendar-feed',
  'failure',
  'preference',
  'crisis-lines',
  'on-call',
  'alert',
  'moderation',
  'emergency-access',
  'rooms',
  'notice',
  'file',
  'command',
  'audit',
  'keys',
  'pages',
  'own-data',
  'retention',
  'hold',
  'database',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Where it came from; `itself`: nobody asked, Hearth saw what was to be done. */
export const AUDIT_SOURCES = ['slash', 'press', 'form', 'web', 'job', 'itself', 'command-line'] as const;
export type AuditSource = (typeof AUDIT_SOURCES)[number];

/** `operator`: whoever runs Hearth, on its machine. */
export type AuditRole = Standing | 'hearth' | 'operator';

/** On whose behalf something is done. */
export interface Actor {
  /** Id of the person; missing for Hearth itself, and for whoever runs it. */
  readonly personId?: string;
  readonly role: AuditRole;
  readonly source: AuditSource;
  /** Path of the command, or name of the job. */
  readonly command: string;
  /** Where it is done; missing where that is told by what is done alone. */
  readonly guildId?: string;
  readonly cohortId?: string;
}

/** Hearth, when nobody asked. */
export const HEARTH: Actor = { role: 'hearth', source: 'itself', command: '' };

/** Whoever runs Hearth, on its machine. */
export const OPERATOR: Actor = { role: 'operator', source: 'command-line', command: '' };

/** What is noted, beside who did it. */
export interface Deed {
  readonly action: AuditAction;
  readonly kind: AuditKind;
  /** Id of what it was done to. */
  readonly object?: string;
  /** Where it is done, when whoever does it is nowhere. */
  readonly guildId?: string;
  readonly cohortId?: string;
  /** Id of the person whom it concerns. */
  readonly personId?: string;
  readonly outcome?: 'denied';
}

/** An entry before it has a place in its chain; people by their codes. */
export interface Happened {
  readonly at: Date;
  readonly actor: string | null;
  readonly role: string;
  readonly source: string;
  readonly command: string;
  readonly action: string;
  readonly kind: string;
  readonly object: string | null;
  readonly cohort: string | null;
  readonly subject: string | null;
  readonly outcome: string;
}

export interface AuditEntry extends Happened {
  /** Id of the server; empty for what concerns none. */
  readonly chain: string;
  /** From 1, without a gap. */
  readonly number: number;
  /** Name of the key that it is sealed with. */
  readonly key: string;
  /** Hash of the entry before it; empty for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** The last entry of a chain, as far as one has come. */
export interface Head {
  readonly number: number;
  readonly hash: string;
}

/** Before the first entry. */
export const BEGINNING: Head = { number: 0, hash: '' };

/** The keyed hash of a text, in hexadecimal; nothing when there is no key of that name. */
export type Seal = (key: string, text: string) => string | undefined;

/** All that an entry tells, in one order: what its hash is made over. */
export const canonical = (entry: Omit<AuditEntry, 'hash'>): string => {
  const { chain, number, at, actor, role, source, command, action, kind } = entry;
  const { object, cohort, subject, outcome, key, previous } = entry;
  return JSON.stringify({
    ...{ chain, number, at: at.toISOString(), actor, role, source, command, action, kind },
    ...{ object, cohort, subject, outcome, key, previous },
  });
};

/** What happened, as the next entries of a chain, sealed with the key of that name; throws without that key. */
export const chained = (
  chain: string,
  head: Head,
  happened: readonly Happened[],
  key: string,
  seal: Seal,
): readonly AuditEntry[] => {
  let last = head;
  return happened.map((each) => {
    const entry = { ...each, chain, number: last.number + 1, key, previous: last.hash };
    const hash = seal(key, canonical(entry));
    if (hash === undefined) throw new Error(`there is no key called "${key}" to seal an entry with`);
    last = { number: entry.number, hash };
    return { ...entry, hash };
  });
};

/** What somebody asks to see of a server's chain: the latest first. */
export interface AuditQuery {
  readonly guildId: string;
  readonly cohortId?: string;
  /** Of somebody, whether they did it or it was done to them. */
  readonly account?: string;
  readonly action?: AuditAction;
  readonly since?: Date;
  /** Only entries with lower numbers. */
  readonly before?: number;
}

/** An entry, with the accounts of those whose codes still tell who they are. */
export interface AuditRecord extends AuditEntry {
  readonly actorAccount?: string;
  readonly subjectAccount?: string;
}

/** Entries on one page. */
export const AUDIT_PAGE = 10;

/** Entries in one file, at most. */
export const AUDIT_FILE = 2_000;

/** Some of the entries that were asked for, the latest first. */
export interface AuditPage {
  readonly records: readonly AuditRecord[];
  /** Names of the groups that they are about, by id. */
  readonly cohorts: ReadonlyMap<string, string>;
  /** Whether there are earlier ones. */
  readonly more: boolean;
}
