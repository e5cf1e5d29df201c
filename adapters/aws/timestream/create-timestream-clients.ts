import { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import type { TimestreamTable } from './timestream-table.ts';

export interface TimestreamClientOptions {
  readonly region: string;
  /**
   * Address of an emulator or of a VPC endpoint's cell. Without it the SDK discovers the account's cell itself; with it
   * discovery is off (the SDK refuses the two together, even where discovery is told to be off).
   */
  readonly endpoint?: string;
  /** Where they do not come from the environment. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Attempts per call, throttling included; the SDK's own number unless told. */
  readonly maxAttempts?: number;
  /** How long a connection and a request may take; for ever unless told. */
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
