import { eachLimited } from '#adapters/aws/each-limited.ts';

/** Groups worked on at the same time: enough to hide the stores' latency, below a client's 50 sockets. */
const CONCURRENT_GROUPS = 16;

export interface GroupRun {
  readonly groups: number;
  readonly failed: number;
}

/** Every group failed: nothing is wrong with the groups, but with us or with what we need. */
export class RunFailed extends Error {
  constructor(groups: number, options: ErrorOptions) {
    super(`all ${groups} groups failed`, options);
    this.name = 'RunFailed';
  }
}

/**
 * Works on every group; one that fails is reported and does not stop the others.
 * @throws RunFailed if all did and there were at least two.
 */
export async function eachGroup<G extends { readonly applicationId: string }>(
  groups: readonly G[],
  work: (group: G) => Promise<void>,
  report: (what: string, error: unknown) => void,
): Promise<GroupRun> {
  const failures = await eachLimited(groups, CONCURRENT_GROUPS, work);
  for (const { item, cause } of failures) report(item.applicationId, cause);
  const [first] = failures;
  if (first !== undefined && groups.length > 1 && failures.length === groups.length) {
    throw new RunFailed(groups.length, { cause: first.cause });
  }
  return { groups: groups.length, failed: failures.length };
}
