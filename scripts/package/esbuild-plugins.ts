import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';
import { PROJECT, projectPath } from './project-path.ts';

/**
 * Lets a file that asks where it is go on to find what lies beside it in the project: a bundle lies
 * two folders deep, as dist/lib/, in a package with the same folders.
 */
export const staysWhereItWas: Plugin = {
  name: 'stays-where-it-was',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const url = JSON.stringify(`../../${relative(PROJECT, path)}`);
      const contents = text.replaceAll('import.meta.url', `new URL(${url}, import.meta.url).href`);
      return { contents, loader: 'ts' };
    });
  },
};

/** Files that bundle something while they run, and what takes their place: it is bundled by now. */
const REPLACED: Readonly<Record<string, string>> = {
  'bundle-client.ts': 'html-report/page/built-client.ts',
  'bundle-function.ts': 'cdk/bundling/built-function.ts',
};

/** Puts files that read what was built in the place of those that build it. */
export const readsWhatWasBuilt: Plugin = {
  name: 'reads-what-was-built',
  setup(build) {
    build.onResolve({ filter: /\/bundle-(client|function)\.ts$/ }, ({ path }) => {
      const replacement = REPLACED[path.slice(path.lastIndexOf('/') + 1)];
      return replacement === undefined ? undefined : { path: projectPath(replacement) };
    });
  },
};
