import { secondsOf, ticksOf, USUAL_STEPS } from './typical-step.ts';

/**
 * Share of differences that must be near multiples of a step; occasional clock jumps are allowed.
 */
const FITTING_SHARE = 0.9;
/**
 * Largest distance to a multiple, in steps, of a difference on the grid. One in five random
 * differences is within it.
 */
const NEAR = 0.1;
/** With fewer differences a match may be chance, so all must be exact multiples. */
const FEW = 5;
/** Number of distinct differences whose common divisors are tried, the most frequent first. */
const TRIED = 24;
/**
 * All times are multiples of the unit in which they are written, so this unit as the step says
 * little. It is only used if at least one in this many of its steps was measured.
 */
const RAREST_OF_UNITS = 32;

/**
 * The greatest step of which nearly all differences are multiples: the grid of a sparsely measured
 * series.
 * @param differences positive, in seconds.
 * @returns seconds; null if there is none except the unit of the times.
 */
export function commonStep(differences: Float64Array): number | null {
  const ticks = differences.map(ticksOf);
  const unit = unitOf(ticks);
  const isWanted = (step: number) => step > unit || isDense(ticks, step);
  if (ticks.length < FEW) {
    const exact = ticks.reduce((divisor, d) => gcd(divisor, d), 0);
    return exact > 0 && isWanted(exact) ? secondsOf(exact) : null;
  }
  const found = candidates(ticks)
    .filter((step) => step >= unit)
    .find((step) => isCommon(ticks, step));
  return found !== undefined && isWanted(found) ? secondsOf(rounded(found)) : null;
}

/** The unit of the times: a second, a millisecond or a microsecond. */
function unitOf(ticks: Float64Array): number {
  return [1_000_000, 1000].find((unit) => ticks.every((d) => d % unit === 0)) ?? 1;
}

function isDense(ticks: Float64Array, step: number): boolean {
  const sorted = ticks.slice().sort();
  return sorted[sorted.length >> 1] <= RAREST_OF_UNITS * step;
}

function isCommon(ticks: Float64Array, step: number): boolean {
  const most = Math.floor((1 - FITTING_SHARE) * ticks.length);
  let off = 0;
  for (const d of ticks) {
    const steps = Math.max(1, Math.round(d / step));
    if (Math.abs(d - steps * step) > NEAR * step && ++off > most) return false;
  }
  return true;
}

/** Rounds a common divisor, which may contain the jitter of two differences. */
function rounded(step: number): number {
  return USUAL_STEPS.map(ticksOf).find((usual) => Math.abs(step - usual) <= 0.05 * usual) ?? step;
}

/** Common steps, and common divisors of frequent differences; the greatest first. */
function candidates(ticks: Float64Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const d of ticks) counts.set(d, (counts.get(d) ?? 0) + 1);
  const frequent = [...counts].sort(([a, m], [b, n]) => n - m || a - b).slice(0, TRIED);
  const common = frequent.flatMap(([a]) => frequent.map(([b]) => gcd(a, b)));
  return [...new Set([...common, ...USUAL_STEPS.map(ticksOf)])].sort((a, b) => b - a);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
