import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A function's code as one minified file, made by esbuild in this process: neither Docker nor the network is needed.
 * CommonJS, because only `require` looks for modules in a Lambda layer; onnxruntime-node stays outside for that layer.
 * @param entry file name in functions/ without ending.
 * @param historyStore the store that the function will use.
 */
export function bundleFunction(entry: string, historyStore: HistoryStoreKind): Code {
  return Code.fromAsset(path.join(PROJECT, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: local bundling succeeds or throws. The command tells assets of one folder apart.
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
  // What a file means does not depend on where the asset lies: this project's package is of type module.
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
    mainFields: ['module', 'main'],
    external: ['onnxruntime-node'],
    alias: {
      '@aws-sdk/credential-provider-node': path.join(
        PROJECT,
        'functions/wiring/lambda-credentials.ts',
      ),
      // The full package adds a parser of .proto files, which nothing here reads.
      protobufjs: 'protobufjs/light',
      semver: path.join(PROJECT, 'functions/wiring/compare-versions.ts'),
    },
    // The client of the store that is not used stays outside.
    define: { 'process.env.FOREPRINT_HISTORY_STORE': JSON.stringify(historyStore) },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
