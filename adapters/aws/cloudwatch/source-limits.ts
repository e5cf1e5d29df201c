import type { SourceLimits } from '#core/domain/ports.ts';
import { CALL_GROUPS } from './group-queries.ts';

/**
 * CloudWatch keeps periods of 300 s for 63 days and of 3,600 s for 455 days. It allows 50 calls per
 * second for the whole account. For data older than three hours it allows 396,000 data points per
 * second (90,000 by older documentation); a call for a week of one group requests 20,160.
 */
export const CLOUDWATCH_LIMITS: SourceLimits = {
  callApplications: CALL_GROUPS,
  concurrentCalls: 4,
  fineDays: 63,
  coarseDays: 455,
};
