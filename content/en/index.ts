/** What the programme brings, in English. */
import { agendas } from '../agendas.ts';
import { agreement } from './agreement.ts';
import { exercises } from './exercises.ts';
import { processTopics } from './topics/process.ts';
import { psychoeducationTopics } from './topics/psychoeducation.ts';
import { skillsTopics } from './topics/skills.ts';
import { supportTopics } from './topics/support.ts';

export const english = {
  agendas,
  agreement,
  exercises,
  topics: [...psychoeducationTopics, ...skillsTopics, ...processTopics, ...supportTopics],
};
