import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a function's code into one minified file with esbuild in this process; needs neither
 * Docker nor the network. The format is CommonJS, because only `require` finds modules in a Lambda
 * layer, and not `import()`. onnxruntime-node is external: the layer provides it.
 * @param entry file name in functions/ without extension.
 * @param historyStore the store that the function uses.
 */
export function bundleFunction(entry: string, historyStore: HistoryStoreKind): Code {
  return Code.fromAsset(path.join(PROJECT, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used, because local bundling succeeds or throws. The command distinguishes the assets
      // of one folder.
      image: DockerImage.fromRegistry('none'),
      command: [entry, historyStore],
      local: {
        tryBundle: (directory) => {
          bundleInto(directory, entry, historyStore);
          return true;
        },
      },
    },
  });
}

function bundleInto(directory: string, entry: string, historyStore: HistoryStoreKind): void {
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
