/** The story of the weeks: the programme is set up, its meetings are held, and things go wrong on the way. */
import { after, DAY, MINUTE } from '../../src/core/time.ts';
import { told } from '../answers.ts';
import type { Teller } from '../tell.ts';
import { until } from '../watch.ts';
import { act, welcome } from './acts.ts';
import {
  ABSENT,
  ADMIN,
  CLOSED,
  DISCHARGED,
  GROUPS,
  type GroupPlan,
  LATECOMER,
  UNOPTED,
} from './programme.ts';
import type { WeeksStage } from './stage.ts';
import { type Moment, momentsUntil } from './timetable.ts';
import { goThroughDeath, shakeDiscord, type Troubles } from './troubles.ts';

/** Something that was asked for and rightly refused. */
export interface Refused {
  readonly what: string;
  readonly answer: string;
}

export interface Played {
  readonly begins: Date;
  readonly ends: Date;
  readonly troubles: Troubles;
  readonly refused: readonly Refused[];
}

/** How often a process is killed in eight weeks. */
const KILLS = 10;

const makeGroup = async (stage: WeeksStage, group: GroupPlan, weeks: number): Promise<void> => {
  const { who } = stage;
  const admin = who(ADMIN);
  told(
    await admin.run('/cohort create', {
      name: group.name,
      type: group.type,
      capacity: 8,
      minutes: String(group.minutes),
      zone: group.zone,
      lead: who(group.lead).id,
      'co-facilitator': who(group.coFacilitator).id,
    }),
  );
  for (const name of group.participants) {
    told(await admin.run('/cohort enrol', { cohort: group.name, person: who(name).id }));
  }
  await until('the staff room is there', () => who(group.lead).sees('staff-room'));
  await welcome(stage, group, (name) => !UNOPTED.includes(name));
  told(await admin.run('/schedule set', { cohort: group.name, when: group.when, weeks }));
  told(await admin.press('Save this schedule'));
  await stage.settled();
};

const memberOf = (group: GroupPlan, gone: ReadonlySet<string>): readonly string[] =>
  group.participants.filter((name) => !gone.has(name));

const [harbour, garden] = GROUPS;

/** What befalls the programme once, at the beginning of a week. */
const befall = async (
  stage: WeeksStage,
  week: number,
  { gone, refused, tell }: { gone: Set<string>; refused: Refused[]; tell: Teller },
): Promise<void> => {
  const admin = stage.who(ADMIN);
  if (week === 2 && garden) {
    const answer = told(
      await admin.run('/cohort enrol', { cohort: garden.name, person: stage.who(LATECOMER).id }),
    );
    refused.push({ what: `${LATECOMER} would join ${garden.name} in week 2`, answer });
    tell.line(`${LATECOMER} would like to join the ${garden.name} now: its roster is closed.`);
  }
  if (week === 3) {
    stage.sandbox.faults.closeDms(stage.who(CLOSED).id);
    tell.line(
      `${CLOSED} closes their direct messages; reminders reach them in the group’s room from now on.`,
    );
  }
  if (week === 4 && harbour) {
    const person = stage.who(DISCHARGED).id;
    told(await admin.run('/cohort discharge', { cohort: harbour.name, person }));
    told(await admin.press('Yes, discharge them'));
    gone.add(DISCHARGED);
    tell.line(`${DISCHARGED} is discharged; what was kept stays kept.`);
  }
  if (week === 5 && garden) await makeUpFor(stage, tell, garden);
  if (week === 6 && harbour) await changePlans(stage, tell, harbour);
};

/** A day so many days after a moment, as a date in a zone. */
const dateIn = (moment: Date, days: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(after(moment, days * DAY));

/** The absent one is offered a time alone with the lead, and takes it. */
const makeUpFor = async (stage: WeeksStage, tell: Teller, group: GroupPlan): Promise<void> => {
  const offered = await stage.who(group.lead).run(
    '/make-up offer',
    {
      person: stage.who(ABSENT).id,
      kind: 'individual',
      date: dateIn(stage.now(), 2, group.zone),
      time: '16:00',
      minutes: 60,
    },
    { in: 'staff-room' },
  );
  told(offered);
  await stage.settled();
  told(await stage.who(ABSENT).run('/make-up answer', { answer: 'accept' }, { in: 'group-room' }));
  tell.line(`${ABSENT} missed two sessions, is offered a time with ${group.lead}, and takes it.`);
};

/** One meeting is left out, and another moved by an hour. */
const changePlans = async (stage: WeeksStage, tell: Teller, group: GroupPlan): Promise<void> => {
  const lead = stage.who(group.lead);
  const cohort = (await stage.records.cohorts.ofGuild(stage.sandbox.guild.id)).find(
    ({ name }) => name === group.name,
  );
  const ahead = cohort ? await stage.records.occurrences.ahead(cohort.id, after(stage.now(), 3 * DAY)) : [];
  const [skipped, moved] = ahead.filter(({ individual }) => !individual);
  if (!skipped || !moved) return;
  told(await lead.run('/schedule skip', { meeting: skipped.id }, { in: 'staff-room' }));
  told(await lead.press('Yes, leave it out'));
  told(await lead.run('/schedule move', { meeting: moved.id, time: '19:15' }, { in: 'staff-room' }));
  tell.line(`${group.lead} leaves one meeting of the ${group.name} out, and moves the next to 19:15.`);
};

const nextDeath = (kills: number, weeks: number, moments: number, perWeek: number): boolean => {
  const wanted = Math.max(1, Math.round((KILLS * weeks) / 8));
  const every = Math.max(1, Math.floor((perWeek * weeks) / (wanted + 1)));
  return kills < wanted && moments % every === every - 1;
};

const scene = (
  stage: WeeksStage,
  moment: Moment,
  numbers: Map<string, number>,
  gone: ReadonlySet<string>,
) => {
  const number = numbers.get(moment.occurrence.id) ?? 0;
  return { ...moment, stage, number, members: memberOf(moment.group, gone) };
};

/** Moments of all groups in a week, so that the killings are spread over all of them. */
const MOMENTS_A_WEEK = 54;

/** Plays so many weeks; `progress` hears what share of them is over. */
export const playWeeks = async (
  stage: WeeksStage,
  weeks: number,
  { tell, progress }: { readonly tell: Teller; readonly progress: (share: number) => void },
): Promise<Played> => {
  const begins = stage.now();
  const ends = after(begins, weeks * 7 * DAY);
  const troubles: Troubles = { kills: 0, drops: 0, refusals: 0 };
  const refused: Refused[] = [];
  const gone = new Set<string>();
  const numbers = new Map<string, number>();
  const counted = new Map<string, number>();
  tell.chapter('The programme is set up');
  for (const group of GROUPS) await makeGroup(stage, group, weeks);
  let week = 0;
  let moments = 0;
  for await (const moment of momentsUntil(stage, ends)) {
    const inWeek = Math.floor((moment.at.getTime() - begins.getTime()) / (7 * DAY)) + 1;
    if (inWeek > week) {
      week = inWeek;
      tell.chapter(`Week ${week}`);
      await befall(stage, week, { gone, refused, tell });
      shakeDiscord(stage, troubles);
    }
    if (!numbers.has(moment.occurrence.id)) {
      const number = (counted.get(moment.group.name) ?? 0) + 1;
      counted.set(moment.group.name, number);
      numbers.set(moment.occurrence.id, number);
    }
    if (nextDeath(troubles.kills, weeks, moments, MOMENTS_A_WEEK)) {
      await goThroughDeath(stage, moment.at, troubles);
    } else {
      await stage.go(moment.at);
    }
    moments += 1;
    await act(scene(stage, moment, numbers, gone));
    await stage.settled();
    progress(Math.min(1, (moment.at.getTime() - begins.getTime()) / (ends.getTime() - begins.getTime())));
  }
  await stage.go(after(ends, 5 * MINUTE));
  return { begins, ends, troubles, refused };
};
