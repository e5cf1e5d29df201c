/**
 * What every headroom would have let happen, so that nobody is short for longer with the forecast
 * than with target tracking; plain JSON.
 */
export interface GuardedTrial {
  /** Steps by which each headroom's shortages had become lasting ones, fading. */
  readonly lasting: readonly number[];
  /** Shortages of the largest headroom, fading. */
  readonly missed: number;
}

/** After a month a step counts half: what happens once a week has to be remembered for weeks. */
const HALF_LIFE_SECONDS = 30 * 86_400;
/**
 * Nothing is promised before four days were seen: what is short now and then has shown itself by
 * then.
 */
const LEAST_SECONDS = 4 * 86_400;
/** One shortage is an accident, a second one within two months is not. */
const MOST_MISSED = 1.25;
/** A step more than target tracking's is forgiven after a month. */
const FORGIVEN = 0.5;

export function newGuard(headroomFactors: number): GuardedTrial {
  return { lasting: Array<number>(headroomFactors).fill(0), missed: 0 };
}

/**
 * Learns from one step.
 * @param shortSteps for how many steps in a row each headroom would have been short by now; the
 * last headroom is the largest, the one that target tracking keeps.
 */
export function advanceGuard(
  before: GuardedTrial,
  shortSteps: readonly number[],
  rules: { readonly lastingSteps: number; readonly stepSeconds: number },
): GuardedTrial {
  const kept = 0.5 ** (rules.stepSeconds / HALF_LIFE_SECONDS);
  const begins = shortSteps.at(-1) === 1;
  return {
    lasting: before.lasting.map(
      (count, k) => kept * count + (shortSteps[k]! >= rules.lastingSteps ? 1 : 0),
    ),
    missed: kept * before.missed + (begins ? 1 : 0),
  };
}

/**
 * Which headroomFactors keep the guard: those that would not have been short for more steps than
 * the largest one, where that one is hardly ever short; all of them where it is, since there target
 * tracking promises nothing either. The largest always keeps it.
 * @param seconds how long the headroomFactors have been tried.
 */
export function keepsPromise(
  { lasting, missed }: GuardedTrial,
  headroom: number,
  seconds: number,
): boolean {
  const promised = seconds >= LEAST_SECONDS && missed <= MOST_MISSED;
  return !promised || lasting[headroom]! <= lasting.at(-1)! + FORGIVEN;
}
