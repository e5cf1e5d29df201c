import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Script and style sheet of the page, minified. */
export interface ClientBundle {
  readonly script: string;
  readonly style: string;
}

const entry = (file: string) => fileURLToPath(new URL(`../client/${file}`, import.meta.url));

/** Ends no script or style element early, whatever a library's text contains. */
function inlined(text: string): string {
  return text.replace(/<(?=\/script|\/style|!--)/gi, '\\x3c').trim();
}

async function bundle(): Promise<ClientBundle> {
  const { outputFiles } = await build({
    entryPoints: [entry('main.ts'), entry('report.css')],
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
  return { script: inlined(text('.js')), style: inlined(text('.css')) };
}

let made: Promise<ClientBundle> | undefined;

/** Bundles the page's script and style sheet, once per process. */
export function bundleClient(): Promise<ClientBundle> {
  made ??= bundle();
  return made;
}
