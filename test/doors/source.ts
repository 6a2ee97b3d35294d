/** The project's own source files, and what each of them imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** What stands between `import` and `from`; empty for a dynamic import. */
  readonly clause: string;
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  /** Without comments. */
  readonly code: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['commands', 'content', 'src', 'sandbox', 'demo', 'bench', 'scripts', 'test'];
const SOURCE = /\.(ts|tsx|mts|js|mjs)$/;
/** Written by Prisma, not by us. */
const GENERATED = 'src/adapters/postgres/generated/';

/** Code without its comments; a comment mark within quotes is left alone. */
export const withoutComments = (text: string): string =>
  text.replace(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<!\\)\/\/[^\n]*/g,
    (match) => (match.startsWith('/') ? ' ' : match),
  );

/** Every file of the project's folders. */
export const sourceFiles = (): readonly SourceFile[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.split(sep).join('/')}`)
      .filter((path) => SOURCE.test(path) && !path.startsWith(GENERATED)),
  ).map((path) => ({ path, code: withoutComments(readFileSync(`${ROOT}${path}`, 'utf8')) }));

const STATIC = /^[ \t]*(?:import|export)\b([^;'"`]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require|getBuiltinModule)\s*\(\s*(?:['"`]([^'"`]*)['"`])?/g;

/** All imports of a file; a dynamic one whose specifier is computed has the specifier `(computed)`. */
export const importsOf = (code: string): readonly Import[] => [
  ...[...code.matchAll(STATIC)].map(([, clause = '', specifier = '']) => ({ specifier, clause })),
  ...[...code.matchAll(BARE)].map(([, specifier = '']) => ({ specifier, clause: '' })),
  ...[...code.matchAll(DYNAMIC)].map(([, specifier = '(computed)']) => ({ specifier, clause: '' })),
];

/** The package of a specifier, without the path in it; `node:` for everything of Node's own. */
export const packageOf = (specifier: string): string => {
  if (isBuiltin(specifier)) return 'node:';
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
};

/** The file that a relative specifier means, from the project's root; undefined for a package. */
export const targetOf = (path: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
