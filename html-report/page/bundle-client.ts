import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Minified scripts and the style sheet of the pages. */
export interface ClientBundle {
  /** Of the report. */
  readonly script: string;
  /** Of the live page. */
  readonly live: string;
  readonly style: string;
}

const entry = (file: string) => fileURLToPath(new URL(`../client/${file}`, import.meta.url));

/** Escapes text that could end a script or style element early. */
function inlined(text: string): string {
  return text.replace(/<(?=\/script|\/style|!--)/gi, '\\x3c').trim();
}

async function bundle(): Promise<ClientBundle> {
  const { outputFiles } = await build({
    entryPoints: [entry('main.ts'), entry('live.ts'), entry('report.css')],
    outdir: 'client',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome109', 'firefox113', 'safari16.4'],
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return {
    script: inlined(text('main.js')),
    live: inlined(text('live.js')),
    style: inlined(text('.css')),
  };
}

let bundled: Promise<ClientBundle> | undefined;

/**
 * Bundles the pages' scripts and style sheet once per process. In the npm package `built-client.ts`
 * takes the place of this file.
 */
export function bundleClient(): Promise<ClientBundle> {
  bundled ??= bundle();
  return bundled;
}
