import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { HistoryStoreKind } from '#cdk/configuration/configuration-schema.ts';

/**
 * Takes the place of `bundle-function.ts` in the npm package: the code of a function, as
 * scripts/package/ bundled it. Synthesis needs no bundler.
 */
export function bundleFunction(entry: string, historyStore: HistoryStoreKind): Code {
  const folder = new URL(`../../dist/functions/${historyStore}/${entry}`, import.meta.url);
  return Code.fromAsset(fileURLToPath(folder));
}
