import type { AllocationSettings } from '#core/domain/settings/settings.ts';
import { behavioursOf } from './behaviours.ts';
import { LEAST_SECONDS, type ServiceChoice } from './choose-behaviour.ts';
import type { ServiceTrial } from './service-trial.ts';

/**
 * What would have cost least of late, target tracking among it, and target tracking before a day
 * was seen: the best expert is followed, by losses that fade (Cesa-Bianchi, Lugosi, Prediction,
 * Learning, and Games, 2006, sections 3.2 and 2.11). An instance-step that was missing costs
 * `shortageCost`, one that idled `idleCost`.
 */
export function choiceByCosts(
  { steps, hours, unserved }: ServiceTrial,
  { shortageCost, idleCost }: Pick<AllocationSettings, 'shortageCost' | 'idleCost'>,
  stepSeconds: number,
): ServiceChoice {
  if (steps * stepSeconds < LEAST_SECONDS) return null;
  const behaviours = behavioursOf(false);
  // All idle by as much less as was used, which is the same for each.
  const costOf = (k: number) => shortageCost * unserved[k] + idleCost * (hours[k] + unserved[k]);
  let best = behaviours.length;
  for (let k = 0; k < behaviours.length; k++) if (costOf(k) < costOf(best)) best = k;
  return behaviours[best] ?? null;
}
