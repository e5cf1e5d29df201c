/**
 * Result of a check:
 * - `ok`: works;
 * - `warning`: works with limitations, or was stopped on purpose;
 * - `failed`: does not work;
 * - `unknown`: could not be checked, for example without a permission.
 */
export type FindingStatus = 'ok' | 'warning' | 'failed' | 'unknown';

/** Result of one check. */
export interface Finding {
  readonly check: string;
  /** Name of the group, null for the account or the deployment. */
  readonly group: string | null;
  readonly status: FindingStatus;
  readonly text: string;
  /** Command to run, null if there is nothing to do. */
  readonly run: string | null;
}

/** Creates a finding about the account or the deployment. */
export function finding(
  check: string,
  status: FindingStatus,
  text: string,
  run: string | null = null,
): Finding {
  return { check, group: null, status, text, run };
}
