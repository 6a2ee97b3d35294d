/** Keeps what is found wrong with a body, by place, and the answer in Discord's nested shape that tells all of it. */
import { type ApiError, type FormErrors, invalidForm } from '../errors.ts';

/** Where a problem stands in the body: keys and indices from the top. */
type Path = readonly (string | number)[];

/** One thing that is wrong with a body. */
export type Problem = { readonly path: Path; readonly code: string; readonly message: string };

/** Collects problems at one place of a body; `at` goes one key deeper. */
export type Report = {
  readonly add: (code: string, message: string) => void;
  readonly at: (key: string | number) => Report;
  readonly count: () => number;
};

/** A report that collects into a list. */
export const reportTo = (problems: Problem[], path: Path): Report => ({
  add: (code, message) => problems.push({ path, code, message }),
  at: (key) => reportTo(problems, [...path, key]),
  count: () => problems.length,
});

/** A tree whose keys are only those put in: a body may well have a key called __proto__. */
const bareTree = (): FormErrors => Object.create(null);

const place = (tree: FormErrors, { path, code, message }: Problem): void => {
  let node = tree;
  for (const key of path) {
    const next = node[key];
    const inner: FormErrors = next === undefined || Array.isArray(next) ? bareTree() : next;
    node[key] = inner;
    node = inner;
  }
  const here = node['_errors'];
  node['_errors'] = [...(Array.isArray(here) ? here : []), { code, message }];
};

/** The answer that Discord gives to a body with these problems: 400, 50035, errors by place. */
const invalidBody = (problems: readonly Problem[]): ApiError => {
  const errors = bareTree();
  for (const problem of problems) place(errors, problem);
  return invalidForm(errors);
};

/** Gives what a rule gives, or throws the 50035 that tells everything it reported. */
export const reporting = <T>(rule: (report: Report) => T): T => {
  const problems: Problem[] = [];
  const result = rule(reportTo(problems, []));
  if (problems.length > 0) throw invalidBody(problems);
  return result;
};
