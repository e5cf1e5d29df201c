import type { ModeFigures } from '#evaluation/account/plan-modes.ts';
import type { ServiceSummary } from '#evaluation/account/service-tally.ts';

/** Hours of a month in AWS price calculations. */
export const MONTH_HOURS = 730;

/** What a group can expect of one way to scale it. */
export interface ModePromise {
  readonly mode: 'alone' | 'scale-out' | 'full';
  /** Targets of the group's policy where it would be raised, 0 to 1; null where it stays. */
  readonly target: { readonly from: number; readonly to: number } | null;
  /** Instance-hours and service over the evaluated time. */
  readonly service: ServiceSummary;
  /** Instance-hours a month less than without Foreprint; below zero it takes more. */
  readonly savedHoursPerMonth: number;
}

/**
 * What each mode promises. A floor beside the group's own policies never takes an instance away, so
 * it is never promised to save any unless the policy's target is raised.
 * @param knownHourly instances in service on average without Foreprint where that is measured and
 * no policy tells more; null where not.
 */
export function modePromises(
  { evaluatedHours, alone, scaleOut, full, raised }: ModeFigures,
  knownHourly: number | null,
): readonly ModePromise[] {
  const monthly = ({ instanceHours }: ServiceSummary) =>
    evaluatedHours === 0 ? 0 : (instanceHours / evaluatedHours) * MONTH_HOURS;
  const before = knownHourly === null ? monthly(alone) : knownHourly * MONTH_HOURS;
  const promise = (
    mode: ModePromise['mode'],
    service: ServiceSummary,
    saved: number,
  ): ModePromise => ({ mode, service, target: null, savedHoursPerMonth: saved });
  return [
    promise('alone', alone, 0),
    promise('scale-out', scaleOut, Math.min(0, monthly(alone) - monthly(scaleOut))),
    ...(raised === null
      ? []
      : [
          {
            ...promise('scale-out', raised.service, monthly(alone) - monthly(raised.service)),
            target: { from: raised.from, to: raised.to },
          },
        ]),
    promise('full', full, before - monthly(full)),
  ];
}
