/** Staff look after alerts: see them, take one on, and close it with what came of it. */

import type { Standings } from '../core/access.ts';
import {
  type Alert,
  acknowledged,
  closed,
  type Disposition,
  isCode,
  mayKnowOf,
  mayOpen,
} from '../core/alert.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface AlertDemand {
  readonly cohort: Cohort;
  readonly asker: Person;
  readonly standings: Standings;
}

/** As many as a list shows, and codes are looked for among. */
const MOST = 100;

const may = ({ asker, standings }: AlertDemand, alert: Alert): boolean =>
  mayOpen(alert, { personId: asker.id, standings });

/** Those of a group of which somebody may know, the newest first. */
export const listAlerts = async (
  { store }: Pick<World, 'store'>,
  demand: AlertDemand,
): Promise<readonly Alert[]> => {
  const all = await store.records.alerts.ofCohort(demand.cohort.id, MOST);
  const asker = { personId: demand.asker.id, standings: demand.standings };
  return all.filter((alert) => mayKnowOf(alert, asker));
};

const named = async ({ alerts }: Records, demand: AlertDemand, code: string): Promise<Outcome<Alert>> => {
  const { id } = demand.cohort;
  // What waits is found however much has come since.
  const all = [...(await alerts.unclosed(id)), ...(await alerts.ofCohort(id, MOST))];
  const alert = all.find((each) => isCode(each, code) && may(demand, each));
  return alert ? allow(alert) : refuse({ code: 'no-such-alert' });
};

/** What is told of an alert to whoever opens it. */
export interface AlertShown {
  readonly alert: Alert;
  readonly group: string;
  readonly events: Awaited<ReturnType<Records['alerts']['events']>>;
  /** That the person has chosen. */
  readonly country?: string;
  /** They have told where they are, and it is kept. */
  readonly hasPlace?: true;
}

const shownOf = async (records: Records, { cohort }: AlertDemand, alert: Alert): Promise<AlertShown> => {
  const country = await records.crisisLines.countryOf(alert.person.id);
  const events = await records.alerts.events(alert.id);
  const marks = alert.kind === 'report' ? [] : await records.toldPlaces.marks(cohort.id);
  const hasPlace = marks.some(({ personId, how }) => personId === alert.person.id && how !== 'passed');
  return {
    ...{ alert, group: cohort.name, events },
    ...(country !== undefined && { country }),
    ...(hasPlace && { hasPlace }),
  };
};

/** That somebody opened it is noted before they see anything. */
export const viewAlert = (world: World, demand: AlertDemand, code: string): Promise<Outcome<AlertShown>> =>
  world.store.change<AlertShown>(async (records) => {
    const found = await named(records, demand, code);
    if (!found.ok) return found;
    const by = demand.asker.account;
    const { id: object, person } = found.value;
    await records.alerts.note(object, { kind: 'viewed', by, at: world.clock.now() });
    await records.audit.note({ action: 'read', kind: 'alert', object, personId: person.id });
    return allow(await shownOf(records, demand, found.value));
  });

/** From then on it climbs no further. */
export const acknowledgeAlert = (
  world: World,
  demand: AlertDemand,
  code: string,
): Promise<Outcome<AlertShown>> =>
  world.store.change<AlertShown>(async (records) => {
    const found = await named(records, demand, code);
    if (!found.ok) return found;
    const [by, at] = [demand.asker.account, world.clock.now()];
    const alert = acknowledged(found.value, by, at);
    if (!alert.ok) return alert;
    if (alert.value !== found.value) {
      await records.alerts.save(alert.value);
      await records.alerts.note(alert.value.id, { kind: 'acknowledged', by, at });
      await records.jobs.enqueue({ name: 'bring-boards', cohortId: demand.cohort.id });
    }
    return allow(await shownOf(records, demand, alert.value));
  });

/** Closes it for good: when the person asks for help again, staff are told anew. */
export const closeAlert = async (
  world: World,
  demand: AlertDemand,
  {
    code,
    ...end
  }: { readonly code: string; readonly disposition: Disposition; readonly note?: Confidential<string> },
): Promise<Outcome<AlertShown>> => {
  const done = await world.store.change<AlertShown>(async (records) => {
    const found = await named(records, demand, code);
    if (!found.ok) return found;
    const [by, at] = [demand.asker.account, world.clock.now()];
    const alert = closed(found.value, { by, at, ...end });
    if (!alert.ok) return alert;
    await records.alerts.save(alert.value);
    await records.alerts.note(alert.value.id, { kind: 'closed', by, at });
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: demand.cohort.id });
    return allow(await shownOf(records, demand, alert.value));
  });
  if (done.ok && done.value.alert.kind === 'help') {
    world.helpDesk.closed(demand.cohort.id, done.value.alert.person.account);
  }
  return done;
};
