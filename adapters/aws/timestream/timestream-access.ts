import {
  DescribeEndpointsCommand,
  type TimestreamWriteClient,
} from '@aws-sdk/client-timestream-write';

/**
 * - `open`: the account may use Timestream for LiveAnalytics;
 * - `closed`: it is not among those that used it before 2025-06-20;
 * - `absent`: the region does not have it.
 */
export type TimestreamAccess = 'open' | 'closed' | 'absent';

/** How the service refuses every call of such an account, with AccessDeniedException as for a missing permission. */
const CLOSED = /only existing timestream for liveanalytics customers/i;

/**
 * Whether an account may use Timestream for LiveAnalytics; one call.
 * @throws what the SDK throws for anything else, also for a missing permission.
 */
export async function timestreamAccess(client: TimestreamWriteClient): Promise<TimestreamAccess> {
  try {
    await client.send(new DescribeEndpointsCommand({}));
    return 'open';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (CLOSED.test(error.message)) return 'closed';
    if ('code' in error && error.code === 'ENOTFOUND') return 'absent';
    throw error;
  }
}
