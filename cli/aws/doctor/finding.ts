/**
 * - `ok`: as it should be;
 * - `warning`: works, but not as well as it could, or stopped on purpose;
 * - `failed`: does not work;
 * - `unknown`: could not be looked at, for example without a permission.
 */
export type FindingStatus = 'ok' | 'warning' | 'failed' | 'unknown';

/** What was found out about one thing. */
export interface Finding {
  readonly check: string;
  /** Name of the group that it is about, null for the account or the deployment. */
  readonly group: string | null;
  readonly status: FindingStatus;
  readonly text: string;
  /** What to run, null where there is nothing to do. */
  readonly run: string | null;
}

/** A finding about the account or the deployment. */
export function finding(
  check: string,
  status: FindingStatus,
  text: string,
  run: string | null = null,
): Finding {
  return { check, group: null, status, text, run };
}
