/** How the few events that a server's calendar holds are shared between its cohorts: fairly, and the soonest first. */

/** Discord takes 100 of a server; some are left to the people of the server. */
export const MOST_EVENTS = 90;

/** How many of its next meetings each cohort may show, given how many each has planned; as even as can be. */
export const shares = (
  planned: ReadonlyMap<string, number>,
  most = MOST_EVENTS,
): ReadonlyMap<string, number> => {
  const given = new Map<string, number>();
  let left = most;
  // Whoever has few takes few, and what they leave is shared by those who have more.
  const waiting = [...planned].toSorted(([one, few], [other, more]) => few - more || (one < other ? -1 : 1));
  for (const [index, [cohortId, count]] of waiting.entries()) {
    const share = Math.min(count, Math.ceil(left / (waiting.length - index)));
    given.set(cohortId, share);
    left -= share;
  }
  return given;
};
