/**
 * What every room would have let happen, so that nobody is short for longer with the forecast than with target tracking;
 * plain JSON.
 */
export interface PromiseTrial {
  /** Steps by which each room's shortages had become lasting ones, fading. */
  readonly lasting: readonly number[];
  /** Shortages of the largest room, fading. */
  readonly missed: number;
}

/** After a month a step counts half: what happens once a week has to be remembered for weeks. */
const HALF_LIFE_SECONDS = 30 * 86_400;
/** Nothing is promised before four days were seen: what is short now and then has shown itself by then. */
const LEAST_SECONDS = 4 * 86_400;
/** One shortage is an accident, a second one within two months is not. */
const MOST_MISSED = 1.25;
/** A step more than target tracking's is forgiven after a month. */
const FORGIVEN = 0.5;

export function newPromise(rooms: number): PromiseTrial {
  return { lasting: Array<number>(rooms).fill(0), missed: 0 };
}

/**
 * Learns from one step.
 * @param shortSteps for how many steps in a row each room would have been short by now; the last room is the largest, the one
 * that target tracking keeps.
 */
export function advancePromise(
  before: PromiseTrial,
  shortSteps: readonly number[],
  rules: { readonly lastingSteps: number; readonly stepSeconds: number },
): PromiseTrial {
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
 * Which rooms keep the promise: those that would not have been short for more steps than the largest one, where that one is
 * hardly ever short; all of them where it is, since there target tracking promises nothing either. The largest always keeps
 * it.
 * @param seconds how long the rooms have been tried.
 */
export function keepsPromise(
  { lasting, missed }: PromiseTrial,
  room: number,
  seconds: number,
): boolean {
  const promised = seconds >= LEAST_SECONDS && missed <= MOST_MISSED;
  return !promised || lasting[room]! <= lasting.at(-1)! + FORGIVEN;
}
