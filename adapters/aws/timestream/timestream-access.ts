import {
  DescribeEndpointsCommand,
  type TimestreamWriteClient,
} from '@aws-sdk/client-timestream-write';

/**
 * Access to Timestream for LiveAnalytics:
 * - `open`: the account may use it;
 * - `closed`: the account did not use it before 2025-06-20;
 * - `absent`: the region does not offer it.
 */
export type TimestreamAccess = 'open' | 'closed' | 'absent';

/**
 * Message of the AccessDeniedException for such an account; a missing permission has the same
 * exception.
 */
const CLOSED = /only existing timestream for liveanalytics customers/i;

/**
 * Finds out with one call whether an account may use Timestream for LiveAnalytics.
 * @throws whatever the SDK throws for other errors, including a missing permission.
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
