/** What the programme brings, in English; the agreement also in Spanish. */
import type { AgreementText } from '../../src/core/agreement.ts';
import { agendas } from '../agendas.ts';
import { agreement as spanish } from '../es/agreement.ts';
import { agreement } from './agreement.ts';
import { exercises } from './exercises.ts';
import { processTopics } from './topics/process.ts';
import { psychoeducationTopics } from './topics/psychoeducation.ts';
import { skillsTopics } from './topics/skills.ts';
import { supportTopics } from './topics/support.ts';

/** In each language in which it is written; the first is for whoever reads none of them. */
const agreements: readonly [AgreementText, ...AgreementText[]] = [agreement, spanish];

export const english = {
  agendas,
  agreements,
  exercises,
  topics: [...psychoeducationTopics, ...skillsTopics, ...processTopics, ...supportTopics],
};
