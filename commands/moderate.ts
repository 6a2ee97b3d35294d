/** `/moderate`: facilitators keep a session safe; whatever they do ends with the session at the latest. */
import { z } from 'zod';
import { liftModeration } from '../src/app/lift-moderation.ts';
import { moderate as moderateNow, muteAll } from '../src/app/moderate.ts';
import { type CohortCall, type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { STAFF } from '../src/core/access.ts';
import type { Holds, ModerationAct } from '../src/core/moderation.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { account, type Input, whole } from '../src/option.ts';

const whom = account('Somebody who takes part in the group');
const TIME_OUT_MINUTES = { least: 1, usual: 5, most: 30 } as const;

type Call = CohortCall<Input>;

const shown = ({ words }: Call, outcome: Outcome<Holds>): Outcome<Reply> =>
  outcome.ok ? allow({ kind: 'tell', card: words.moderate.shown(outcome.value) }) : outcome;

const act = async (
  call: Call,
  wished: ModerationAct,
  more: { readonly account?: string; readonly minutes?: number } = {},
): Promise<Outcome<Reply>> => {
  const wish = { act: wished, by: call.request.account, ...more };
  return shown(call, await moderateNow(call.world, call.cohort, wish));
};

const lift = async (call: Call, acts?: readonly ModerationAct[], whose?: string): Promise<Outcome<Reply>> =>
  shown(
    call,
    await liftModeration(call.world, call.cohort, {
      ...{ why: 'asked', by: call.request.account, ...(acts && { acts }) },
      ...(whose !== undefined && { account: whose }),
      ...(whose !== undefined && !acts && { admits: true }),
    }),
  );

const room = (name: string, description: string, run: (call: Call) => Promise<Outcome<Reply>>) =>
  cohortCommand({ name, description, who: STAFF, input: z.object({}), run });

const person = (
  name: string,
  description: string,
  run: (call: Call, account: string) => Promise<Outcome<Reply>>,
) =>
  cohortCommand({
    name,
    description,
    who: STAFF,
    input: z.object({ person: whom }),
    run: (call) => run(call, call.input.person),
  });

const timeOut = cohortCommand({
  name: 'time-out',
  description: 'For some minutes somebody listens and reads, and neither speaks nor writes',
  who: STAFF,
  input: z.object({
    person: whom,
    minutes: whole(
      `For how many minutes (usually ${TIME_OUT_MINUTES.usual})`,
      TIME_OUT_MINUTES.least,
      TIME_OUT_MINUTES.most,
    ).default(TIME_OUT_MINUTES.usual),
  }),
  run: (call) => act(call, 'time-out', { account: call.input.person, minutes: call.input.minutes }),
});

export const moderate: CommandGroup = {
  name: 'moderate',
  description: 'Keep a session of your group safe; all of it ends with the session',
  commands: [
    room('lock', 'Nobody else comes into the voice room', (call) => act(call, 'lock')),
    room('unlock', 'The group may come in again', (call) => lift(call, ['lock'])),
    room('hold-chat', 'The group reads, and does not write', (call) => act(call, 'hold-chat')),
    room('release-chat', 'The group may write again', (call) => lift(call, ['hold-chat'])),
    person('mute', 'Somebody is not heard', (call, account) => act(call, 'mute', { account })),
    room('mute-all', 'None of the participants is heard', async (call) =>
      shown(call, await muteAll(call.world, call.cohort, call.request.account)),
    ),
    person('unmute', 'Somebody is heard again', (call, account) => lift(call, ['mute', 'time-out'], account)),
    room('unmute-all', 'Everybody is heard again', (call) => lift(call, ['mute', 'time-out'])),
    person('move-aside', 'Somebody goes into a room of their own with a facilitator', (call, account) =>
      act(call, 'move-aside', { account }),
    ),
    person('remove', 'Somebody leaves this session for its rest', (call, account) =>
      act(call, 'remove', { account }),
    ),
    timeOut,
    person('bring-back', 'Somebody is back in the group, and all that was done is undone', (call, account) =>
      lift(call, undefined, account),
    ),
    room('undo', 'Everything that was done in this session is undone', (call) => lift(call)),
  ],
};
