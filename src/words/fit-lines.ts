/** How a list that may be long is kept within the room that a card has. */

/** The first lines that fit in `most` characters, with what `left` says about those that do not. */
export const fitLines = (lines: readonly string[], most: number, left: (count: number) => string): string => {
  const whole = lines.join('\n');
  if (whole.length <= most) return whole;
  // What is said of all would be the longest that can be said.
  let room = most - left(lines.length).length;
  const kept = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return [...lines.slice(0, kept), left(lines.length - kept)].join('\n');
};
