import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';

/**
 * Kinds of failure:
 * - `missing`: the group or the service was deleted;
 * - `busy`: another scaling activity or update of the group is in progress; retry in the next
 *   interval;
 * - `failed`: every other error of Auto Scaling.
 */
export type ScalingFault = 'missing' | 'busy' | 'failed';

/** A request for one group or service was not carried out. */
export class ScalingError extends Error {
  readonly applicationId: string;
  readonly fault: ScalingFault;

  constructor(applicationId: string, fault: ScalingFault, options: ErrorOptions = {}) {
    super(`${kindOf(applicationId)} ${applicationId}: ${faultText(fault, options.cause)}`, options);
    this.name = 'ScalingError';
    this.applicationId = applicationId;
    this.fault = fault;
  }
}

const BUSY: ReadonlySet<string> = new Set(['ScalingActivityInProgress', 'ResourceContention']);

/** Wraps an SDK error in a ScalingError. Returns a ScalingError unchanged. */
export function toScalingError(applicationId: string, cause: unknown): ScalingError {
  if (cause instanceof ScalingError) return cause;
  return new ScalingError(applicationId, faultOf(cause), { cause });
}

function faultOf(cause: unknown): ScalingFault {
  if (!(cause instanceof AutoScalingServiceException)) return 'failed';
  if (BUSY.has(cause.name.replace(/Fault$/, ''))) return 'busy';
  return /group name not found/i.test(cause.message) ? 'missing' : 'failed';
}

const kindOf = (id: string): string => (isServiceId(id) ? 'ECS service' : 'Auto Scaling group');

function faultText(fault: ScalingFault, cause: unknown): string {
  if (fault === 'missing') return 'does not exist';
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
