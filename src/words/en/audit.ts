/** What admins are told of who did what. */
import type {
  AuditAction,
  AuditKind,
  AuditPage,
  AuditRecord,
  AuditRole,
  AuditSource,
} from '../../core/audit.ts';
import type { Action, Card, Enclosure } from '../card.ts';
import { literal, mention, moment } from '../markup.ts';

/** Actions, as whoever looks for them chooses them. */
export const ACTIONS: Readonly<Record<AuditAction, string>> = {
  create: 'Something was made',
  write: 'Something was told or answered',
  change: 'Something was changed',
  remove: 'Something was removed',
  read: 'Something of others was looked at',
  export: 'A file was given out',
  permission: 'What somebody may do was changed',
  'sign-in': 'Somebody signed in',
  'break-glass': 'Somebody used an emergency access',
  'rotate-keys': 'Keys were changed',
  restore: 'A backup was restored',
  ask: 'Something was refused',
};

export const FILE = { yes: 'Yes, as CSV', no: 'No' } as const;

const DID: Readonly<Record<AuditAction, string>> = {
  create: 'made',
  write: 'gave',
  change: 'changed',
  remove: 'removed',
  read: 'looked at',
  export: 'was given',
  permission: 'changed the rights of',
  'sign-in': 'signed in to',
  'break-glass': 'opened',
  'rotate-keys': 'renewed',
  restore: 'restored',
  ask: 'was refused',
};

const WHAT: Readonly<Record<AuditKind, string>> = {
  cohort: 'a group',
  membership: 'a membership',
  signature: 'a signature',
  agreement: 'an agreement',
  cycle: 'a cycle',
  waitlist: 'a waiting list',
  session: 'a session',
  playback: 'what sounds in a session',
  media: 'a recording of the programme',
  link: 'a link for a session',
  pair: 'the rooms of two people',
  'make-up': 'what makes up for a session',
  'check-in': 'a check-in',
  reflection: 'a reflection',
  goal: 'a goal',
  attendance: 'attendance',
  attestation: 'an attestation',
  'talk-time': 'talk time',
  'microphone-test': 'a microphone test',
  schedule: 'a schedule',
  holiday: 'a day off',
  meeting: 'a meeting',
  answer: 'an answer to a meeting',
  place: 'where somebody is, and whom to call for them',
  task: 'a task',
  'calendar-feed': 'a calendar address',
  failure: 'what could not be done',
  preference: 'how somebody is reminded',
  notice: 'what somebody was told',
  'crisis-lines': 'crisis lines',
  'on-call': 'who is on call',
  alert: 'an alert',
  moderation: 'what keeps a session safe',
  rooms: 'rooms that were changed by hand',
  file: 'a file',
  command: 'a command',
  'emergency-access': 'the alerts of a group in an emergency',
  audit: 'the audit',
  keys: 'the keys',
  pages: 'the pages',
  'own-data': 'what is kept of somebody',
  retention: 'what was kept long enough',
  hold: 'a legal hold',
  database: 'the whole database',
};

const ROLES: Readonly<Record<AuditRole, string>> = {
  outsider: 'no part of it',
  enrolled: 'enrolled, not signed',
  participant: 'participant',
  therapist: 'therapist',
  supervisor: 'supervisor',
  'co-facilitator': 'co-facilitator',
  lead: 'facilitator',
  admin: 'admin',
  'break-glass': 'admin in an emergency',
  hearth: 'by itself',
  operator: 'on its machine',
};

const SOURCES: Readonly<Record<AuditSource, string>> = {
  slash: 'typed',
  press: 'pressed',
  form: 'in a form',
  web: 'on a page',
  job: 'as a job',
  itself: 'seen by Hearth',
  'command-line': 'by whoever runs Hearth',
};

/** A code that this version does not know is shown as it is. */
const said = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? literal(code);

const somebody = (code: string, account: string | undefined): string =>
  account === undefined ? `\`${literal(code)}\`` : mention(account);

const who = ({ actor, actorAccount, role }: AuditRecord): string =>
  `${actor === null ? 'Hearth' : somebody(actor, actorAccount)} (${said(ROLES, role)})`;

const whose = ({ subject, subjectAccount, actor }: AuditRecord): string =>
  subject === null || subject === actor ? '' : ` of ${somebody(subject, subjectAccount)}`;

const where = ({ cohort }: AuditRecord, cohorts: AuditPage['cohorts']): string =>
  cohort === null ? '' : ` in **${literal(cohorts.get(cohort) ?? cohort)}**`;

const how = ({ source, command }: AuditRecord): string =>
  [said(SOURCES, source), command === '' ? '' : `\`${source === 'job' ? '' : '/'}${literal(command)}\``]
    .filter((part) => part !== '')
    .join(' ');

const line = (record: AuditRecord, cohorts: AuditPage['cohorts']): string =>
  [
    `**${record.number}.** ${moment(record.at)} ${who(record)} ${said(DID, record.action)}`,
    `${said(WHAT, record.kind)}${whose(record)}${where(record, cohorts)}, ${how(record)}`,
  ].join(' ');

/** What a page was asked with, as its buttons carry it. */
export interface AuditCarried {
  readonly cohort?: string;
  readonly person?: string;
  readonly days: string;
  readonly action: string;
}

/** A button's id has no room for more: what is not a name goes in one piece. */
const turnTo = (label: string, { cohort, person, days, action }: AuditCarried, before: string): Action => ({
  label,
  command: 'audit show',
  given: {
    ...(cohort !== undefined && { cohort }),
    ...(person !== undefined && { person }),
    on: [before, days, action].join('.'),
  },
  style: 'secondary',
});

/** A page of entries, the latest first, with a button to earlier ones. */
export const page = ({ records, cohorts, more }: AuditPage, carried: AuditCarried, first: boolean): Card => {
  const last = records.at(-1);
  const buttons = [
    ...(first ? [] : [turnTo('The latest', carried, '')]),
    ...(more && last ? [turnTo('Earlier', carried, String(last.number))] : []),
  ];
  return {
    title: 'Who did what',
    text:
      records.length > 0
        ? records.map((record) => line(record, cohorts)).join('\n')
        : 'There is no such entry. What is done from now on is kept here.',
    ...(buttons.length > 0 && { actions: [buttons] }),
  };
};

/** The same as a file of codes. */
export const file = (records: readonly AuditRecord[], content: string): Enclosure => ({
  name: `audit-${records.at(-1)?.number ?? 0}-${records[0]?.number ?? 0}.csv`,
  content,
});
