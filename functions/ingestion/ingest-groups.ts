import { eachLimited } from '#adapters/aws/each-limited.ts';
import { backFillGroups } from './back-fill-groups.ts';
import { copyPoints } from './copy-points.ts';
import {
  noteFailure,
  notePoints,
  type IngestPorts,
  type IngestRun,
  type IngestTime,
} from './ingest-run.ts';
import { planFresh, trackGroups, type FreshChunk } from './plan-fresh.ts';

/** Chunks of 50 groups read at the same time: CloudWatch allows 50 calls a second, shared with the whole account. */
const CONCURRENT_CHUNKS = 4;

export interface IngestOutcome {
  readonly groups: number;
  readonly points: number;
  /** Groups with a read or a write that failed; what it would have external is read by the next run. */
  readonly failures: number;
}

/**
 * Reads what is missing of every group and stores it: first what is new, of all groups, then the past of those enrolled
 * lately. Watermarks move only over what was read and stored whole, so a failed, throttled or missed run loses nothing,
 * and a group without any data is asked for once and not again.
 * @throws what the watermark store throws before anything is read.
 */
export async function ingestGroups<G extends { readonly applicationId: string }>(
  ports: IngestPorts<G>,
  groups: readonly G[],
  time: IngestTime,
): Promise<IngestOutcome> {
  const tracked = trackGroups(groups, await ports.watermarks.read(), time.nowSeconds);
  const run: IngestRun<G> = {
    ports,
    time,
    marks: new Map(tracked.map(({ group, mark }) => [group.applicationId, mark])),
    failed: new Set(),
    points: 0,
  };
  await eachLimited(planFresh(tracked, time), CONCURRENT_CHUNKS, (chunk) => readChunk(run, chunk));
  try {
    await ports.watermarks.save(run.marks);
  } catch (error) {
    // What was read is stored; it is only read again.
    ports.report('watermarks', error);
  }
  await backFillGroups(run, groups);
  return { groups: groups.length, points: run.points, failures: run.failed.size };
}

async function readChunk<G extends { readonly applicationId: string }>(
  run: IngestRun<G>,
  { groups, parts }: FreshChunk<G>,
): Promise<void> {
  const { ports, time } = run;
  let left = groups;
  for (const range of parts) {
    if (left.length === 0 || !(await ports.mayContinue())) return;
    const source = ports.sourceOf(left, time.stepSeconds);
    const ids = left.map(({ applicationId }) => applicationId);
    const copied = await copyPoints({ history: ports.history, source }, ids, range);
    for (const [id, error] of copied.failed) noteFailure(run, id, error);
    for (const [id, points] of copied.points) {
      const mark = run.marks.get(id)!;
      notePoints(run, id, points, {
        ...mark,
        throughSeconds: Math.max(mark.throughSeconds, range.toSeconds),
      });
    }
    left = left.filter(({ applicationId }) => !copied.failed.has(applicationId));
  }
}
