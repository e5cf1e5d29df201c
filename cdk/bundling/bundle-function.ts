import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';
import { buildFunction } from './build-function.ts';

const FUNCTIONS = fileURLToPath(new URL('../../functions', import.meta.url));

/**
 * The code of a function, bundled at synthesis. In the npm package `built-function.ts` takes the
 * place of this file.
 * @param entry file name in functions/ without extension.
 * @param historyStore the store that the function uses.
 */
export function bundleFunction(entry: string, historyStore: HistoryStoreKind): Code {
  return Code.fromAsset(FUNCTIONS, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used, because local bundling succeeds or throws. The command distinguishes the assets
      // of one folder.
      image: DockerImage.fromRegistry('none'),
      command: [entry, historyStore],
      local: {
        tryBundle: (directory) => {
          buildFunction(directory, entry, historyStore);
          return true;
        },
      },
    },
  });
}
