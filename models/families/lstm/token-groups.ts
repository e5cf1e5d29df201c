import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';

/** Equally long neighbouring stretches of a history; one token each. */
export interface TokenGroup {
  readonly width: number;
  readonly count: number;
}

/** Single steps at the end, a day in hours before them, days before those. */
const FINE = 12;
const MIDDLE = 24;
const COARSE = 6;

/**
 * What the network reads of a history, oldest first: two thousand steps are too many to go through
 * one by one, and what is long ago matters only in outline. Groups that the context has no room for
 * are empty.
 */
export function tokenGroups(shape: ForecastShape): readonly TokenGroup[] {
  const { context } = shape;
  const [day] = seasonSteps(shape);
  const fine = Math.min(FINE, context);
  const hour = Math.max(1, Math.round((day ?? context) / MIDDLE));
  const middle = Math.min(MIDDLE, Math.floor((context - fine) / hour));
  const left = context - fine - middle * hour;
  const coarse = day === undefined ? 0 : Math.min(COARSE, Math.floor(left / day));
  return [
    { width: day ?? 1, count: coarse },
    { width: hour, count: middle },
    { width: 1, count: fine },
  ];
}
