/** Makes what the browser runs out of the page's own source, in memory, once for a process. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** A file of the page, as it is sent. */
export type PageFile = { readonly type: string; readonly text: string };

/** Files by their path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const CLIENT = new URL('./client/', import.meta.url);
const SHEETS = ['tokens', 'shell', 'rooms', 'messages', 'forms'] as const;

const at = (name: string): string => fileURLToPath(new URL(name, CLIENT));

const document = (title: string, program: string): PageFile => ({
  type: 'text/html; charset=utf-8',
  text: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/page.css">
<body class="document-${program}"><div id="page"><p class="nothing">One moment …</p></div>
<script type="module" src="/page/${program}.js"></script>
`,
});

const scripts = async (): Promise<readonly [string, PageFile][]> => {
  const build = await rolldown({
    input: { shell: at('shell.tsx'), window: at('window.tsx'), frames: at('sound/frames.ts') },
    platform: 'browser',
    logLevel: 'silent',
    transform: {
      jsx: { runtime: 'automatic', importSource: 'preact' },
    },
  });
  try {
    const { output } = await build.generate({ format: 'esm', entryFileNames: '[name].js', minify: true });
    return output.flatMap((it) =>
      it.type === 'chunk'
        ? [[`/page/${it.fileName}`, { type: 'text/javascript; charset=utf-8', text: it.code }] as const]
        : [],
    );
  } finally {
    await build.close();
  }
};

const sheet = async (): Promise<PageFile> => {
  const parts = await Promise.all(SHEETS.map((name) => readFile(at(`${name}.css`), 'utf8')));
  return { type: 'text/css; charset=utf-8', text: parts.join('\n') };
};

const make = async (): Promise<PageFiles> =>
  new Map([['/page/page.css', await sheet()], ...(await scripts())]);

let made: Promise<PageFiles> | undefined;

/** What the documents of the page load; made when it is first asked for. */
export const pageFiles = (): Promise<PageFiles> => {
  made ??= make();
  return made;
};

/** The documents of the page, which are there at once. */
export const DOCUMENTS: PageFiles = new Map([
  ['/', document('Sandbox', 'shell')],
  ['/as', document('Window', 'window')],
]);
