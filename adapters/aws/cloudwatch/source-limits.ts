import type { SourceLimits } from '#core/domain/ports.ts';
import { CALL_GROUPS } from './group-queries.ts';

/**
 * CloudWatch keeps periods of 300 s for 63 days and of 3,600 s for 455 days. It allows 50 calls a second, shared with the
 * whole account, and of what is older than three hours 396,000 data points a second, by older documentation 90,000; a
 * call for a week of one group asks for 20,160.
 */
export const CLOUDWATCH_LIMITS: SourceLimits = {
  callApplications: CALL_GROUPS,
  concurrentCalls: 4,
  fineDays: 63,
  coarseDays: 455,
};
