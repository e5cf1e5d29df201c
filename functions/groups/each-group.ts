import { eachLimited } from '#core/domain/each-limited.ts';

/**
 * Groups worked on at the same time: enough to hide the stores' latency, below a client's 50
 * sockets.
 */
const CONCURRENT_GROUPS = 16;

export interface GroupRun {
  readonly groups: number;
  readonly failed: number;
  /**
   * Groups that the time did not suffice for, or that came after the kill switch was pulled; absent
   * where none did.
   */
  readonly unreached?: number;
}

export interface RunPorts {
  report(what: string, error: unknown): void;
  /** False when no further group is to be begun. */
  mayContinue?(): Promise<boolean>;
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
  { report, mayContinue = async () => true }: RunPorts,
): Promise<GroupRun> {
  let unreached = 0;
  const failures = await eachLimited(groups, CONCURRENT_GROUPS, async (group) => {
    if (await mayContinue()) await work(group);
    else unreached++;
  });
  for (const { item, cause } of failures) report(item.applicationId, cause);
  const [first] = failures;
  if (first !== undefined && groups.length > 1 && failures.length === groups.length) {
    throw new RunFailed(groups.length, { cause: first.cause });
  }
  const run = { groups: groups.length, failed: failures.length };
  return unreached > 0 ? { ...run, unreached } : run;
}
