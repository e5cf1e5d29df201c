import { hasMoto } from '#test/emulators/serve-moto.ts';
import { lambdaRuntime } from '#test/end-to-end/lambda/lambda-runtime.ts';

/** What the deployed stack needs and this machine lacks. */
export const missingTools: readonly string[] = [
  ...(lambdaRuntime ? [] : ['Lambda’s runtime: scripts/install-lambda-runtime.sh']),
  ...(hasMoto ? [] : ['moto: MOTO_SERVER=path of moto_server']),
];
