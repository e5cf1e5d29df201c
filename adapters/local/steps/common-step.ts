import { secondsOf, ticksOf, USUAL_STEPS } from './typical-step.ts';

/** So many of the differences must lie near multiples of a step: a clock jumps now and then. */
const FITTING_SHARE = 0.9;
/** A difference this near to a multiple, in steps, lies on it. By chance one in five does. */
const NEAR = 0.1;
/** With fewer differences chance may suffice; then all must be exact multiples. */
const FEW = 5;
/** Different differences whose common divisors are tried, the most frequent ones first. */
const TRIED = 24;
/**
 * All times are whole multiples of the unit they are written in, so that this is their step says
 * little: it is taken only where one in so many of its steps was measured.
 */
const RAREST_OF_UNITS = 32;

/**
 * The greatest step of which nearly all differences are multiples: the grid of a series that was
 * measured now and then.
 * @param differences positive, in seconds.
 * @returns seconds; null if there is none but the unit in which the times are written.
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

/** A second, a millisecond or a microsecond. */
function unitOf(ticks: Float64Array): number {
  return [1_000_000, 1000].find((unit) => ticks.every((d) => d % unit === 0)) ?? 1;
}

function isDense(ticks: Float64Array, step: number): boolean {
  const sorted = ticks.slice().sort();
  return sorted[sorted.length >> 1]! <= RAREST_OF_UNITS * step;
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

/** What two differences have in common may have their jitter. */
function rounded(step: number): number {
  return USUAL_STEPS.map(ticksOf).find((usual) => Math.abs(step - usual) <= 0.05 * usual) ?? step;
}

/** Usual steps, and what two of the frequent differences have in common; the greatest first. */
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
