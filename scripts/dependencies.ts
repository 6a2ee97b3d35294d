/**
 * `npm run dependencies`: what Hearth is made of besides its own code. Writes a bill of materials (CycloneDX), and ends
 * with 1 when the lock file holds a package that could change unseen, runs something when it is installed, or comes
 * under a licence that nobody agreed to, or when a serious weakness of one is known.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Locked, wrongIn } from './locked.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BILL = join(ROOT, 'build/bill-of-materials.cdx.json');
/** Bytes: a bill is long. */
const MOST = 64 * 1024 * 1024;

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What npm prints, also when it ends with another code than 0. */
const npm = async (...args: readonly string[]): Promise<string> => {
  const run = promisify(execFile)('npm', [...args], { cwd: ROOT, maxBuffer: MOST });
  const printed = await run.catch((failed: { stdout?: string }) => ({ stdout: failed.stdout ?? '' }));
  return printed.stdout;
};

const tell = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

const writeBill = async (): Promise<void> => {
  const bill = await npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only');
  const { components } = JSON.parse(bill) as { components: readonly unknown[] };
  mkdirSync(dirname(BILL), { recursive: true });
  writeFileSync(BILL, bill);
  tell(`The bill of materials names ${components.length} packages: ${BILL}`);
};

interface Advised {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
}

/** Sentences for weaknesses that are known and serious; none is known where the registry does not answer. */
const weaknesses = async (): Promise<readonly string[]> => {
  const known = JSON.parse((await npm('audit', '--json')) || '{}') as Advised;
  const found = known.metadata?.vulnerabilities;
  if (!found) {
    tell('The registry does not tell which weaknesses are known: that was not checked.');
    return [];
  }
  tell(`Known weaknesses: ${JSON.stringify(found)}`);
  const serious = (found['high'] ?? 0) + (found['critical'] ?? 0);
  return serious > 0 ? [`${serious} serious weaknesses are known: npm audit tells which.`] : [];
};

const lock = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
const ignoresScripts = /^ignore-scripts\s*=\s*true$/m.test(read('.npmrc'));
await writeBill();
const wrong = [...wrongIn(lock.packages, ignoresScripts), ...(await weaknesses())];
for (const sentence of wrong) tell(sentence);
if (wrong.length === 0)
  tell('Every package is locked by its hash, runs nothing when installed, and has a licence that is known.');
process.exitCode = wrong.length > 0 ? 1 : 0;
