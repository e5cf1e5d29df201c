import { eachLimited } from '#adapters/aws/each-limited.ts';
import type { Watermark } from '#adapters/aws/dynamodb/watermark.ts';
import { backFillPart } from './back-fill-part.ts';
import { copyPoints } from './copy-points.ts';
import { noteFailure, notePoints, type IngestRun } from './ingest-run.ts';

/**
 * Groups back-filled at the same time. A call for a week asks for 20,160 data points, and of what is older than
 * three hours CloudWatch gives 396,000 a second, by older documentation 90,000.
 */
const CONCURRENT_BACK_FILLS = 4;

/** Training looks back this far; as soon as it is read a group can be trained. */
const TRAINING_SECONDS = 28 * 86_400;

/**
 * The past of groups that were enrolled lately: of all of them first what a training needs, so that every group has its
 * first forecast within minutes, then the rest. What the time does not suffice for is left to the next run.
 */
export async function backFillGroups<G extends { readonly applicationId: string }>(
  run: IngestRun<G>,
  groups: readonly G[],
): Promise<void> {
  const trainable = run.time.nowSeconds - TRAINING_SECONDS;
  const markOf = ({ applicationId }: G): Watermark => run.marks.get(applicationId)!;
  const unsettled = groups.filter((group) => markOf(group).stage !== 'settled');
  const backFill = (some: readonly G[], untilSeconds: number) =>
    eachLimited(some, CONCURRENT_BACK_FILLS, async (group) => {
      await backFillGroup(run, group, untilSeconds);
      if (markOf(group).fromSeconds <= trainable) await settle(run, group);
    });
  await backFill(unsettled, trainable);
  const unfinished = groups.filter(
    (group) =>
      markOf(group).fromSeconds <= trainable &&
      !run.failed.has(group.applicationId) &&
      nextPart(run, group) !== null,
  );
  await backFill(unfinished, -Infinity);
}

function nextPart<G extends { readonly applicationId: string }>(
  { marks, time }: IngestRun<G>,
  { applicationId }: G,
) {
  return backFillPart(marks.get(applicationId)!, time.nowSeconds, time);
}

/** Reads parts, newest first, until the group was read from `untilSeconds` on, and remembers how far it came. */
async function backFillGroup<G extends { readonly applicationId: string }>(
  run: IngestRun<G>,
  group: G,
  untilSeconds: number,
): Promise<void> {
  const { applicationId } = group;
  const { history, sourceOf, watermarks, mayContinue } = run.ports;
  const before = run.marks.get(applicationId)!.fromSeconds;
  for (;;) {
    const mark = run.marks.get(applicationId)!;
    const part = mark.fromSeconds <= untilSeconds ? null : nextPart(run, group);
    if (part === null || !(await mayContinue())) break;
    const source = sourceOf([group], part.periodSeconds);
    const copied = await copyPoints({ history, source }, [applicationId], part.range);
    for (const [id, error] of copied.failed) noteFailure(run, id, error);
    if (copied.failed.size > 0) break;
    const points = copied.points.get(applicationId) ?? 0;
    const { fromSeconds } = part.range;
    notePoints(run, applicationId, points, { ...mark, fromSeconds });
  }
  const mark = run.marks.get(applicationId)!;
  if (mark.fromSeconds === before) return;
  try {
    await watermarks.save(new Map([[applicationId, mark]]));
  } catch (error) {
    noteFailure(run, applicationId, error);
  }
}

/** Asks for the first training of a group that was measured; one that was not waits for the schedule. */
async function settle<G extends { readonly applicationId: string }>(
  run: IngestRun<G>,
  { applicationId }: G,
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
