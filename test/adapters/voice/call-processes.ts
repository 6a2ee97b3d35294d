/** Finds the processes that are in calls, as the machine lists them. */
import { execFileSync } from 'node:child_process';

/** Ids of those that a process has begun for calls. */
export const callProcesses = (parent = process.pid): readonly number[] =>
  execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args='])
    .toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, ppid, ...args]) =>
        ppid === String(parent) && args.some((each) => each.includes('voice/child/main.ts')),
    )
    .map(([pid]) => Number(pid));
