import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a function's code into one minified file with esbuild in this process; needs neither
 * Docker nor the network. The format is CommonJS, because only `require` finds modules in a Lambda
 * layer. onnxruntime-node is external: the layer provides it.
 * @param directory gets `index.js` and its `package.json`; exists.
 * @param entry file name in functions/ without extension.
 * @param historyStore the store that the function uses.
 */
export function buildFunction(
  directory: string,
  entry: string,
  historyStore: HistoryStoreKind,
): void {
  // This project's package has the type module, so the bundle needs its own package.json.
  writeFileSync(path.join(directory, 'package.json'), '{"type":"commonjs"}\n');
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: [path.join('functions', `${entry}.ts`)],
    outfile: path.join(directory, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // `import()` of a module in a layer finds nothing; `require` does.
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    external: ['onnxruntime-node'],
    alias: {
      '@aws-sdk/credential-provider-node': path.join(
        PROJECT,
        'functions/substitutes/lambda-credentials.ts',
      ),
      // The full package also contains a parser of .proto files, which is not used.
      protobufjs: 'protobufjs/light',
      semver: path.join(PROJECT, 'functions/substitutes/compare-versions.ts'),
    },
    // With this constant esbuild drops the client of the unused store.
    define: { 'process.env.FOREPRINT_HISTORY_STORE': JSON.stringify(historyStore) },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
