/** Holds the doors between the rooms of the house: who may import what, and who may read the clock or the environment. */
import { describe, expect, it } from 'vitest';
import { mayEnter, mayUse, roomOf } from './doors/rooms.ts';
import {
  importsOf,
  packageOf,
  type SourceFile,
  sourceFiles,
  targetOf,
  withoutComments,
} from './doors/source.ts';

const files = sourceFiles();

const shutDoors = ({ path, code }: SourceFile): readonly string[] => {
  const room = roomOf(path);
  if (room === undefined) return [`${path} stands in no room`];
  return importsOf(code).flatMap(({ specifier }) => {
    const target = targetOf(path, specifier);
    const open = target === undefined ? mayUse(room, packageOf(specifier)) : mayEnter(room, roomOf(target));
    return open ? [] : [`${path} imports '${specifier}': ${room} has no door to it`];
  });
};

/** Lines of the files in these rooms that match, as `path: match`. */
const findIn = (rooms: readonly string[], pattern: RegExp): readonly string[] =>
  files
    .filter(({ path }) => rooms.includes(roomOf(path) ?? ''))
    .flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([match]) => `${path}: ${match.trim()}`));

/** Rooms whose every value comes from outside. */
const WITHIN = ['core', 'ports', 'app', 'words', 'commands', 'command', 'option', 'content'];

describe('the house', () => {
  it('has a room for every file, and every import goes through a door', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(shutDoors)).toEqual([]);
  });

  it('unwraps what a person wrote only in words and in the store', () => {
    const OPENERS = ['words', 'adapters/postgres', 'test'];
    const unwrapping = files
      .filter(({ path }) => !OPENERS.includes(roomOf(path) ?? '') && path !== 'src/core/confidential.ts')
      .flatMap(({ path, code }) =>
        importsOf(code)
          .filter(({ specifier }) => targetOf(path, specifier) === 'src/core/confidential.ts')
          .filter(({ clause }) => /\bopen\b|\*/.test(clause) || /\bConfidential\s*\.\s*open\b/.test(code))
          .map(() => `${path} unwraps what a person wrote`),
      );
    expect(unwrapping).toEqual([]);
  });

  it('reads the environment in one place', () => {
    // Beside Hearth itself: a program that stands in for it, and the one that starts both and hands the environment on.
    const READERS = ['src/config.ts', 'bench/bare.ts', 'bench/bare-worker.ts', 'bench/program.ts'];
    const readers = files
      .filter(({ path }) => !READERS.includes(path) && !/^(test|scripts)\//.test(path))
      .filter(({ code }) =>
        /\bprocess\s*(\.|\[\s*['"])\s*env\b|\benv\b[^;'"]*from\s*'node:process'/.test(code),
      )
      .map(({ path }) => `${path} reads the environment`);
    expect(readers).toEqual([]);
  });

  it('gives the rooms within their time and their chance as values', () => {
    const CLOCKS =
      /\b(?:Date\.now|new Date(?!\()|new Date\(\)|(?<!new )Date\()|\b(?:performance|Temporal)\./g;
    const CHANCE = /\b(?:Math\.random|crypto\.)/g;
    const TIMERS = /\bset(?:Timeout|Interval|Immediate)\(/g;
    expect([CLOCKS, CHANCE, TIMERS].flatMap((pattern) => findIn(WITHIN, pattern))).toEqual([]);
  });

  it('keeps the rooms within from everything that Node hands out without an import', () => {
    const GLOBALS = /(?<![/.\w])(?:process|globalThis|console|Buffer|fetch)\s*[.([]/g;
    expect(findIn(WITHIN, GLOBALS)).toEqual([]);
  });
});

describe('the door-keeper', () => {
  it('sees every kind of import', () => {
    const code = [
      "import type { A } from './a.ts';",
      'import {\n  b,\n  type B,\n} from "./b.ts";',
      "import './c.ts';",
      "export * from './d.ts';",
      "const e = await import('./e.ts');",
      "type F = import('./f.ts').F;",
      "const g = require('./g.ts');",
      'const h = import(`./h.ts`);',
      'const i = import(name);',
    ].join('\n');
    expect(
      importsOf(code)
        .map(({ specifier }) => specifier)
        .toSorted(),
    ).toEqual(
      ['(computed)', ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `./${name}.ts`)].toSorted(),
    );
  });

  it('is not misled by comments, nor by comment marks in text', () => {
    const code = "// import x from './x.ts'\n/* import './y.ts' */\nconst a = 'https://z'; import './z.ts';";
    expect(importsOf(withoutComments(code).replace('; import', ';\nimport'))).toEqual([
      { specifier: './z.ts', clause: '' },
    ]);
  });

  it('knows a package by its name, and Node’s own with and without the prefix', () => {
    expect(['zod/v4', '@prisma/client/runtime', 'fs', 'node:fs/promises'].map(packageOf)).toEqual([
      'zod',
      '@prisma/client',
      'node:',
      'node:',
    ]);
  });

  it('shuts the core to everything, and the sandbox to Hearth', () => {
    const told = (path: string, specifier: string) => shutDoors({ path, code: `import '${specifier}';` });
    expect(told('src/core/a.ts', 'node:fs')).toEqual([
      "src/core/a.ts imports 'node:fs': core has no door to it",
    ]);
    expect(told('src/core/a.ts', '../ports/store.ts')).toHaveLength(1);
    expect(told('sandbox/a.ts', '../src/core/time.ts')).toHaveLength(1);
    expect(told('src/core/a.ts', './b.ts')).toEqual([]);
    expect(told('src/helpers/a.ts', './b.ts')).toEqual(['src/helpers/a.ts stands in no room']);
  });
});
