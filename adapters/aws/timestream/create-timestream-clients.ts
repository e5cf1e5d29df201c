import { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import type { TimestreamTable } from './timestream-table.ts';

export interface TimestreamClientOptions {
  readonly region: string;
  /**
   * Address of an emulator or of a VPC endpoint's cell. Without it the SDK discovers the account's
   * cell. With it discovery is disabled: the SDK rejects an endpoint together with discovery
   * settings.
   */
  readonly endpoint?: string;
  /** Credentials, if not from the environment. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Attempts per call, throttling included; the SDK's default if absent. */
  readonly maxAttempts?: number;
  /** Time limits for a connection and a request; unlimited if absent. */
  readonly requestHandler?: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
}

/** The two clients of Timestream, with the SDK's adaptive retries. */
export function createTimestreamClients(
  options: TimestreamClientOptions,
): Pick<TimestreamTable, 'write' | 'query'> {
  const configuration = { retryMode: 'adaptive', ...options };
  return {
    write: new TimestreamWriteClient(configuration),
    query: new TimestreamQueryClient(configuration),
  };
}
