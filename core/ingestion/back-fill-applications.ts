import { eachLimited } from '#core/domain/each-limited.ts';
import type { Watermark } from '#core/domain/watermark.ts';
import { backFillPart } from './back-fill-part.ts';
import { copyPoints } from './copy-points.ts';
import { noteFailure, notePoints, type IngestRun, type Measurable } from './ingest-run.ts';

/** Training looks back this far; as soon as it is read an application can be trained. */
const TRAINING_SECONDS = 28 * 86_400;

/**
 * The past of applications that came lately: of all of them first what a training needs, so that
 * every one has its first forecast within minutes, then the rest. What the time does not suffice
 * for is left to the next run.
 */
export async function backFillApplications<A extends Measurable>(
  run: IngestRun<A>,
  applications: readonly A[],
): Promise<void> {
  const trainable = run.time.nowSeconds - TRAINING_SECONDS;
  const markOf = ({ applicationId }: A): Watermark => run.marks.get(applicationId)!;
  const unsettled = applications.filter((application) => markOf(application).stage !== 'settled');
  const backFill = (some: readonly A[], untilSeconds: number) =>
    eachLimited(some, run.ports.limits.concurrentCalls, async (application) => {
      await backFillApplication(run, application, untilSeconds);
      if (markOf(application).fromSeconds <= trainable) await settle(run, application);
    });
  await backFill(unsettled, trainable);
  const unfinished = applications.filter(
    (application) =>
      markOf(application).fromSeconds <= trainable &&
      !run.failed.has(application.applicationId) &&
      nextPart(run, application) !== null,
  );
  await backFill(unfinished, -Infinity);
}

function nextPart<A extends Measurable>(
  { marks, time, ports }: IngestRun<A>,
  { applicationId }: A,
) {
  return backFillPart(marks.get(applicationId)!, time, ports.limits);
}

/**
 * Reads parts, newest first, until the application was read from `untilSeconds` on, and remembers
 * how far it came.
 */
async function backFillApplication<A extends Measurable>(
  run: IngestRun<A>,
  application: A,
  untilSeconds: number,
): Promise<void> {
  const { applicationId } = application;
  const { history, sourceOf, watermarks, mayContinue } = run.ports;
  const before = run.marks.get(applicationId)!.fromSeconds;
  let stored = 0;
  for (;;) {
    const mark = run.marks.get(applicationId)!;
    const part = mark.fromSeconds <= untilSeconds ? null : nextPart(run, application);
    if (part === null || !(await mayContinue())) break;
    const source = sourceOf([application], part.periodSeconds);
    const copied = await copyPoints({ history, source }, [applicationId], part.range);
    for (const [id, error] of copied.failed) noteFailure(run, id, error);
    if (copied.failed.size > 0) break;
    const points = copied.points.get(applicationId) ?? 0;
    stored += points;
    const { fromSeconds } = part.range;
    notePoints(run, applicationId, points, { ...mark, fromSeconds });
  }
  const mark = run.marks.get(applicationId)!;
  if (mark.fromSeconds === before) return;
  if (stored > 0) {
    run.ports.backFilled?.(application, { fromSeconds: mark.fromSeconds, toSeconds: before });
  }
  try {
    await watermarks.save(new Map([[applicationId, mark]]));
  } catch (error) {
    noteFailure(run, applicationId, error);
  }
}

/**
 * Asks for the first training of an application that was measured; one that was not waits for the
 * schedule.
 */
async function settle<A extends Measurable>(
  run: IngestRun<A>,
  { applicationId }: A,
): Promise<void> {
  const mark = run.marks.get(applicationId)!;
  if (mark.stage === 'settled') return;
  try {
    if (mark.stage === 'measured') await run.ports.requestTraining([applicationId]);
    // After the request: what is asked for twice is trained twice, and nothing is forgotten.
    const settled: Watermark = { ...mark, stage: 'settled' };
    await run.ports.watermarks.save(new Map([[applicationId, settled]]));
    run.marks.set(applicationId, settled);
  } catch (error) {
    noteFailure(run, applicationId, error);
  }
}
