/** Discord has no option that takes several of a list: `words` is told as `words`, `words-2`, `words-3`. */
import type { Option } from '../../option.ts';

/** The names under which an option is told to Discord. */
export const namesOf = (option: Option): readonly string[] =>
  option.kind === 'choices'
    ? Array.from({ length: option.most }, (_, index) =>
        index === 0 ? option.name : `${option.name}-${index + 1}`,
      )
    : [option.name];
