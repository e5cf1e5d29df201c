import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { UsageError } from '#cli/context/usage-error.ts';
import { explainAwsFailure } from './aws-failure.ts';

/** Attempts per call: a command may wait a few seconds for a service that throttles. */
const MAX_ATTEMPTS = 6;

/** An account and region as this process reaches them. */
export interface AwsAccount {
  readonly region: string;
  /** Configuration of every client. */
  readonly client: {
    readonly region: string;
    readonly credentials: AutoScalingClient['config']['credentials'];
    readonly retryMode: string;
    readonly maxAttempts: number;
  };
  readonly autoScaling: AutoScalingClient;
}

/**
 * The account of the credentials that the SDK finds, in the given region or in that of the surroundings.
 * @throws UsageError where there are no credentials or no region.
 */
export async function openAccount(asked: string | undefined): Promise<AwsAccount> {
  // The SDK's lines about old versions of Node would stand where the one line about a failure belongs.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const retries = { retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS };
  // The aws command knows this variable, the SDK does not.
  const region = asked ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const finder = new AutoScalingClient({ ...retries, ...(region && { region }) });
  const known = await finder.config.region();
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(known)) throw new UsageError(`"${known}" is no AWS region`);
  const { credentials } = finder.config;
  await credentials();
  const client = { ...retries, region: known, credentials };
  return { region: known, client, autoScaling: finder };
}

/** Runs work on an account; whatever AWS says goes out as one sentence for people. */
export async function withAccount<T>(
  region: string | undefined,
  work: (account: AwsAccount) => Promise<T>,
): Promise<T> {
  try {
    return await work(await openAccount(region));
  } catch (error) {
    throw explainAwsFailure(error);
  }
}
