import { eachLimited } from '#adapters/aws/each-limited.ts';
import type { HistoryStore, MetricSource, TimeRange } from '#core/ports.ts';
import { planReads } from './plan-reads.ts';

/** Groups back-filled at the same time: CloudWatch allows 50 calls a second, shared with everybody in the account. */
const CONCURRENT_BACK_FILLS = 4;

export interface IngestPorts<G> {
  readonly history: HistoryStore;
  /** The metrics of these groups. */
  readonly sourceOf: (groups: readonly G[]) => MetricSource;
  readonly report: (what: string, error: unknown) => void;
}

export interface IngestOutcome {
  readonly groups: number;
  readonly points: number;
  /** Reads that failed; what they would have brought is read by the next run. */
  readonly failures: number;
}

/** Reads what is missing of every group and stores it. */
export async function ingestGroups<G extends { readonly applicationId: string }>(
  { history, sourceOf, report }: IngestPorts<G>,
  groups: readonly G[],
  time: { readonly nowSeconds: number; readonly stepSeconds: number },
): Promise<IngestOutcome> {
  const stored = await history.applications();
  const last = new Map(stored.map((known) => [known.applicationId, known.lastSeconds]));
  const { fresh, backFills } = planReads(groups, last, time);
  let points = 0;
  let failures = 0;
  const copy = async (some: readonly G[], range: TimeRange): Promise<void> => {
    for await (const part of sourceOf(some).read(range)) {
      await history.append([part]);
      points += part.points.length;
    }
  };
  const fail = (what: string, error: unknown): void => {
    failures++;
    report(what, error);
  };
  if (fresh) {
    await copy(fresh.groups, fresh.range).catch((error: unknown) => fail('fresh metrics', error));
  }
  const failed = await eachLimited(backFills, CONCURRENT_BACK_FILLS, async ({ group, parts }) => {
    for (const part of parts) await copy([group], part);
  });
  for (const { item, cause } of failed) fail(item.group.applicationId, cause);
  return { groups: groups.length, points, failures };
}
