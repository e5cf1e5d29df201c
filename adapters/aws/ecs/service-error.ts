import { ScalingError, type ScalingFault } from '#adapters/aws/auto-scaling/scaling-error.ts';
import { JsonCallError } from '#adapters/aws/json-call.ts';

const MISSING = /^(ServiceNotFound|ServiceNotActive|ClusterNotFound|ObjectNotFound)/;
const BUSY = /^ConcurrentUpdate/;

/** Wraps what a call for a service threw in a ScalingError. Returns a ScalingError unchanged. */
export function toServiceError(id: string, cause: unknown): ScalingError {
  return cause instanceof ScalingError ? cause : new ScalingError(id, faultOf(cause), { cause });
}

function faultOf(cause: unknown): ScalingFault {
  if (!(cause instanceof JsonCallError)) return 'failed';
  if (MISSING.test(cause.name)) return 'missing';
  return BUSY.test(cause.name) ? 'busy' : 'failed';
}
