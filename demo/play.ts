/** Plays the story from its first chapter to its last, and reports on it. */
import { CAST } from './cast.ts';
import { StoryDocument } from './document.ts';
import { makeCohort, setGoals, signAll } from './gather.ts';
import { breathe, testMicrophone } from './hear.ts';
import { tryAsOutsider } from './outsider.ts';
import { reportOn } from './report.ts';
import * as story from './session.ts';
import type { Stage } from './stage.ts';
import type { Teller } from './tell.ts';

const { participants, outsider } = CAST;
const inTime = participants.filter((name) => name !== 'Hana');

/** Answers with what was heard in it. */
const playSession = async (stage: Stage, tell: Teller): Promise<StoryDocument['sounds']> => {
  await story.openSession(stage, tell);
  await story.moveOn(stage, tell, 'check-in');
  await story.checkIn(stage, tell, inTime);
  await story.comeLate(stage, tell);
  await story.checkIn(stage, tell, ['Hana']);
  await story.showArrivals(stage, tell);
  await story.moveOn(stage, tell, 'grounding', 1);
  const breathing = await stage.aside(() => breathe(stage, tell));
  await stage.pass(2);
  await story.moveOn(stage, tell, 'review', 6);
  await story.moveOn(stage, tell, 'topic');
  await story.letTimeRun(stage, tell, 13);
  await story.moveOn(stage, tell, 'discussion', 3);
  await story.discuss(stage, tell);
  await story.moveOn(stage, tell, 'exercise', 3);
  await story.takeBreak(stage, tell);
  await story.moveOn(stage, tell, 'reflection', 4);
  await story.reflect(stage, tell);
  await story.endSession(stage, tell);
  return breathing ? [breathing] : [];
};

const kept = async ({ records, sandbox }: Stage) => {
  const [cohort] = await records.cohorts.ofGuild(sandbox.guild.id);
  const session = cohort && (await records.sessions.lastEnded(cohort.id));
  if (!cohort || !session) throw new Error('no session was kept');
  const card = await records.standingMessages.find(cohort.id, 'session-card', session.id);
  const panel = await records.standingMessages.find(cohort.id, 'staff-panel');
  const target = {
    rooms: await records.roomRefs.ofCohort(cohort.id),
    boards: [card, panel].flatMap((board) => board ?? []),
    guildId: sandbox.guild.id,
    applicationId: sandbox.bot.applicationId,
  };
  return { cohort, session, target };
};

/** Plays everything. */
export const perform = async (stage: Stage, tell: Teller) => {
  await makeCohort(stage, tell);
  await signAll(stage, tell);
  await setGoals(stage, tell);
  const tested = await stage.aside(() => testMicrophone(stage, tell));
  const heard = await playSession(stage, tell);
  tell.chapter('Somebody else of the same server looks for the group');
  const { cohort, session, target } = await kept(stage);
  const findings = await tryAsOutsider(stage.who(outsider), target);
  tell.line(
    `${outsider} tried ${findings.tried.length} ways, saw ${findings.rooms.length} rooms and ${findings.messages.length} messages.`,
  );
  const told = {
    outsider: findings,
    microphoneChecks: tested ? [tested.check] : [],
    sounds: [...(tested ? [tested.sound] : []), ...heard],
  };
  return { cohort, session, told };
};

/** Plays everything, and reports on it; the document is checked against its own schema. */
export const play = async (stage: Stage, tell: Teller): Promise<StoryDocument> => {
  const { cohort, session, told } = await perform(stage, tell);
  return StoryDocument.parse(await reportOn(stage, cohort, session, told));
};
