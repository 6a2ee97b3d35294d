/** What a lock file says of the packages in it, and what must not be so. */

/** A package as package-lock.json has it. */
export interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const LICENCES: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Unlicense'],
  ...[
    'Apache-2.0',
    'Apache License',
    'MPL-2.0',
    'EPL-2.0',
    'MIT OR Apache-2.0',
    '(MIT OR CC0-1.0)',
    'MIT and ISC',
  ],
]);

/** Licences of packages that say nothing of theirs but in a file beside them. */
const READ: Readonly<Record<string, string>> = { 'seq-queue': 'MIT' };

const licenceOf = (name: string, { license }: Locked): string => license ?? READ[name] ?? '(none)';

const wrongWith = (name: string, each: Locked, ignoresScripts: boolean): readonly string[] => [
  ...(each.integrity?.startsWith('sha512-') ? [] : [`${name} is not locked by a hash.`]),
  // What comes from the registry has no address here, whichever registry it is.
  ...(each.resolved === undefined ? [] : [`${name} comes from elsewhere than the registry.`]),
  ...(LICENCES.has(licenceOf(name, each))
    ? []
    : [`${name} has the licence ${licenceOf(name, each)}, to which nobody agreed.`]),
  ...(each.hasInstallScript && !ignoresScripts ? [`${name} runs something when it is installed.`] : []),
];

/** A sentence for everything that is wrong with the packages of a lock file, by their places in it. */
export const wrongIn = (
  packages: Readonly<Record<string, Locked>>,
  ignoresScripts: boolean,
): readonly string[] =>
  Object.entries(packages)
    // The project itself stands there under no name.
    .filter(([place]) => place !== '')
    .flatMap(([place, each]) => wrongWith(place.replace(/^.*node_modules\//, ''), each, ignoresScripts));
