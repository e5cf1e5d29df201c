import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { createJsonCall, type JsonCall } from '#adapters/aws/json-call.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { explainAwsFailure } from './aws-failure.ts';

/** Attempts per call: a command may wait a few seconds for a throttling service. */
const MAX_ATTEMPTS = 6;

/** The SDK's variables for endpoints of the services that are asked without it. */
const ENDPOINTS = {
  ecs: 'AWS_ENDPOINT_URL_ECS',
  'application-autoscaling': 'AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING',
};

/** An account and region, with the configuration to reach them. */
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
  /** Calls of ECS and of Application Auto Scaling. */
  readonly call: JsonCall;
}

/**
 * Opens the account of the credentials that the SDK finds, in the given region or the
 * environment's.
 * @throws UsageError if there are no credentials or no region.
 */
export async function openAccount(regionOption: string | undefined): Promise<AwsAccount> {
  // The SDK's warnings about old Node versions would bury the one-line error message.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const retries = { retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS };
  // The aws command reads AWS_DEFAULT_REGION, the SDK does not.
  const region = regionOption ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const finder = new AutoScalingClient({ ...retries, ...(region && { region }) });
  const resolvedRegion = await finder.config.region();
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(resolvedRegion)) {
    throw new UsageError(`"${resolvedRegion}" is no AWS region`);
  }
  const { credentials } = finder.config;
  await credentials();
  const client = { ...retries, region: resolvedRegion, credentials };
  const call = createJsonCall((service) => ({
    region: resolvedRegion,
    credentials,
    endpoint: process.env[ENDPOINTS[service]] ?? process.env['AWS_ENDPOINT_URL'],
  }));
  return { region: resolvedRegion, client, autoScaling: finder, call };
}

/** Runs work on an account and converts AWS errors to one-sentence messages. */
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
