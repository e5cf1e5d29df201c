import type { ControllerState } from '#core/controller/controller-state.ts';
import type { SilentStep } from '#core/controller/observe-silence.ts';
import { silenceMeans, silentUse } from '#core/detection/incidents/absence.ts';
import { stepStart } from '#core/domain/align-time.ts';
import { footprintAt, isMeasured } from '#core/domain/footprint-at.ts';
import {
  RESOURCES,
  type FootprintPoint,
  type FootprintWindow,
  type Resource,
} from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';

/** Steps looked back at for measurements that were not observed yet; older ones are no news. */
const LOOK_BACK_STEPS = 12;

/** What there is to observe: a measured step, or that nothing was measured for long. */
export type NewestStep =
  | {
      readonly kind: 'measured';
      readonly point: FootprintPoint;
      /** Newest measurements of resources that the step has none of, of the steps before. */
      readonly late?: MeasuredBefore;
    }
  | ({ readonly kind: 'silent' } & Omit<SilentStep, 'applicationId'>);

export type MeasuredBefore = Readonly<
  Partial<Record<Resource, { readonly measuredSeconds: number; readonly actual: number }>>
>;

/** The range of history in which `newestStep` looks. */
export function newestRange(nowSeconds: number, { stepSeconds }: Settings): TimeRange {
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  return { fromSeconds: toSeconds - LOOK_BACK_STEPS * stepSeconds, toSeconds };
}

/**
 * The newest measured step of a window if it was not observed before; else the silence since, which
 * counts as zeros where missing data do. Null where there is nothing to observe.
 * @param window of `newestRange`.
 */
export function newestStep(
  window: FootprintWindow,
  { detector, lastStepSeconds }: Pick<ControllerState, 'detector' | 'lastStepSeconds'>,
  { stepSeconds: length, detection }: Settings,
): NewestStep | null {
  const newest = newestPoint(window);
  const measuredSeconds = newest?.timestampSeconds ?? -Infinity;
  if (newest !== null && measuredSeconds > (lastStepSeconds ?? -Infinity)) {
    return { kind: 'measured', point: newest, late: measuredBefore(window, newest) };
  }
  const stepSeconds = window.startSeconds + (LOOK_BACK_STEPS - 1) * length;
  const meaning = silenceMeans(detector, detection);
  const { absenceSeconds, m } = detection;
  // Fewer steps may just be late.
  const lateSeconds = m * length;
  if (meaning === 'zero') {
    const isNew = stepSeconds > (lastStepSeconds ?? Infinity);
    if (!isNew || stepSeconds - measuredSeconds < lateSeconds) return null;
    const point = { timestampSeconds: stepSeconds, footprint: silentUse(detector) };
    return { kind: 'measured', point };
  }
  const silentSeconds =
    meaning === 'breach' ? Math.min(absenceSeconds || Infinity, lateSeconds) : absenceSeconds;
  return { kind: 'silent', stepSeconds, silentSeconds };
}

function newestPoint(window: FootprintWindow): FootprintPoint | null {
  const { startSeconds, stepSeconds } = window;
  for (let step = LOOK_BACK_STEPS - 1; step >= 0; step--) {
    const footprint = footprintAt(window, step);
    if (isMeasured(footprint)) {
      return { timestampSeconds: startSeconds + step * stepSeconds, footprint };
    }
  }
  return null;
}

/** Metrics come at their own times: those of the point that are late, as of a step before it. */
function measuredBefore(
  { values, startSeconds, stepSeconds }: FootprintWindow,
  { timestampSeconds, footprint }: FootprintPoint,
): MeasuredBefore {
  const late = RESOURCES.filter((resource) => footprint[resource] === null).flatMap((resource) => {
    const end = (timestampSeconds - startSeconds) / stepSeconds;
    const at = values[resource].subarray(0, end).findLastIndex((value) => !Number.isNaN(value));
    const measuredSeconds = startSeconds + at * stepSeconds;
    return at < 0 ? [] : [[resource, { measuredSeconds, actual: values[resource][at] }] as const];
  });
  return Object.fromEntries(late);
}
