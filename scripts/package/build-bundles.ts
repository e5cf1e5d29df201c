import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { buildFunction } from '#cdk/bundling/build-function.ts';
import { HISTORY_STORES } from '#cdk/configuration/configuration-schema.ts';
import { bundleClient } from '#html-report/page/bundle-client.ts';
import { readsWhatWasBuilt, staysWhereItWas } from './esbuild-plugins.ts';
import { PROJECT, projectPath } from './project-path.ts';

const OPTIONS: BuildOptions = {
  absWorkingDir: PROJECT,
  bundle: true,
  minify: true,
  // Names of errors and classes stay what they are.
  keepNames: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  mainFields: ['module', 'main'],
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Packages in CommonJS ask for modules of Node with it.
  banner: {
    js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
  },
  plugins: [staysWhereItWas, readsWhatWasBuilt],
};

/** The command line, its threads and processes, and the library, which share their chunks. */
export async function buildProgram(): Promise<Metafile> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: {
      main: 'cli/main.ts',
      worker: 'tasks/worker.ts',
      'serve-loop': 'cli/serve/loop-thread.ts',
      candidate: 'adapters/local/candidates/candidate-child.ts',
      index: 'api/index.ts',
    },
    outdir: 'dist/lib',
    chunkNames: 'chunk-[hash]',
    splitting: true,
    external: ['@duckdb/node-api', 'date-holidays', 'onnxruntime-node', 'piscina'],
    alias: { protobufjs: 'protobufjs/light' },
    metafile: true,
  });
  const client = JSON.stringify(await bundleClient());
  await writeFile(projectPath('dist/lib/report-client.json'), client);
  return metafile;
}

/** The construct. */
export async function buildConstruct(): Promise<Metafile> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: { index: 'cdk/library/index.ts' },
    outdir: 'dist/cdk',
    external: ['aws-cdk-lib', 'constructs', 'onnxruntime-node'],
    metafile: true,
  });
  return metafile;
}

/** The code of every function, once per history store. */
export async function buildFunctions(): Promise<void> {
  const entries = readdirSync(projectPath('functions')).filter((file) => file.endsWith('.ts'));
  for (const store of HISTORY_STORES) {
    for (const entry of entries.map((file) => file.slice(0, -'.ts'.length))) {
      const directory = projectPath('dist/functions', store, entry);
      await makeDirectory(directory);
      buildFunction(directory, entry, store);
    }
  }
}
