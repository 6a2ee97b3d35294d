/** What reaches the log of a fault: its kind and where it arose, and nothing that somebody may have written. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const LOG = new URL('../../../src/adapters/pino/log.ts', import.meta.url).href;

interface Line {
  readonly reference: string;
  readonly cause: { readonly name: string; readonly at: readonly string[] };
}

/** The line that a fault leaves, in a process of its own whose standard error can be read. */
const lineOf = (fault: string): { readonly written: string; readonly line: Line } => {
  const script = `
    const { openLog } = await import(${JSON.stringify(LOG)});
    const here = () => { ${fault} };
    try { here(); } catch (cause) { openLog('info').fault('trial', cause); }`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return { written: stderr, line: JSON.parse(stderr) };
};

describe('the log of a fault', () => {
  it('tells where it arose, and not what its message says', () => {
    const { written, line } = lineOf("throw new RangeError('I feel low today');");
    expect(line.cause.name).toBe('RangeError');
    expect(line.cause.at[0]).toMatch(/^at here /);
    expect(written).not.toContain('low');
  });

  it('takes no line of a message for a frame, however much it looks like one', () => {
    const { written, line } = lineOf(
      "throw new Error('goal\\n    at home I feel low (file:///x.ts:1:1)\\n    at low:1:2');",
    );
    expect(line.cause.at[0]).toMatch(/^at here /);
    expect(written).not.toContain('low');
  });

  it('tells no frames where it cannot tell them from a message that was changed later', () => {
    const { written } = lineOf(
      "const error = new Error('goal\\n    at home I feel low'); error.message = 'another'; throw error;",
    );
    expect(written).not.toContain('low');
  });

  it('tells only the type of what is thrown and is no error', () => {
    const { written, line } = lineOf("throw 'I feel low';");
    expect(line.cause).toEqual({ name: 'string', at: [] });
    expect(written).not.toContain('low');
  });
});
