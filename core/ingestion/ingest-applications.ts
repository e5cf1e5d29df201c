import { eachLimited } from '#core/domain/each-limited.ts';
import { backFillApplications } from './back-fill-applications.ts';
import { copyPoints } from './copy-points.ts';
import {
  noteFailure,
  notePoints,
  type IngestPorts,
  type IngestRun,
  type IngestTime,
  type Measurable,
} from './ingest-run.ts';
import { planFresh, trackApplications, type FreshChunk } from './plan-fresh.ts';

export interface IngestOutcome {
  readonly applications: number;
  readonly points: number;
  /** Applications with a read or a write that failed; the next run reads again what is missing. */
  readonly failures: number;
}

/**
 * Reads what is missing of every application and stores it: first what is new, of all, then the
 * past of those that came lately. Watermarks move only over what was read and stored whole, so a
 * failed, throttled or missed run loses nothing, and an application without any data is asked for
 * once and not again.
 * @throws what the watermark store throws before anything is read.
 */
export async function ingestApplications<A extends Measurable>(
  ports: IngestPorts<A>,
  applications: readonly A[],
  time: IngestTime,
): Promise<IngestOutcome> {
  const { limits } = ports;
  const { nowSeconds } = time;
  const { fineDays } = limits;
  const stored = await ports.watermarks.read();
  const tracked = trackApplications(applications, stored, { nowSeconds, fineDays });
  const run: IngestRun<A> = {
    ports,
    time,
    marks: new Map(tracked.map(({ application, mark }) => [application.applicationId, mark])),
    failed: new Set(),
    points: 0,
  };
  await eachLimited(planFresh(tracked, time, limits), limits.concurrentCalls, (chunk) =>
    readChunk(run, chunk),
  );
  try {
    await ports.watermarks.save(run.marks);
  } catch (error) {
    // What was read is stored; it is only read again.
    ports.report('watermarks', error);
  }
  await backFillApplications(run, applications);
  return { applications: applications.length, points: run.points, failures: run.failed.size };
}

async function readChunk<A extends Measurable>(
  run: IngestRun<A>,
  { applications, parts }: FreshChunk<A>,
): Promise<void> {
  const { ports, time } = run;
  let left = applications;
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
