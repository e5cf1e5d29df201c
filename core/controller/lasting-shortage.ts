import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';

/** How long a resource has been short, and how long it has been inside again; plain JSON. */
export interface ShortageEpisode {
  readonly shortSteps: number;
  readonly insideSteps: number;
  /** True from the step that made it a lasting one until it has been inside for long enough. */
  readonly lasting: boolean;
}

/** Resources that are short or were of late; the others are absent. */
export type ShortageEpisodes = Readonly<Partial<Record<Resource, ShortageEpisode>>>;

/** So rarely is a run of short steps chance where the forecast is right. */
const CHANCE = 0.1;

/**
 * Number of consecutive short steps that show that the forecast is too low. At a quantile, each
 * step is short with probability 1 − quantile, so n consecutive ones have the probability
 * (1 − quantile)^n if steps were independent. They are not: short steps come in runs, and a lower
 * quantile has longer runs. So the rule uses the square of that n: one step at 0.9, three at 0.8,
 * four at 0.7, twelve at 0.5 (docs/research/constants.md).
 */
export function lastingStepsAt(quantile: number): number {
  const byChance = Math.log(CHANCE) / Math.log(1 - quantile);
  return Math.max(1, Math.ceil(byChance ** 2 - 1e-9));
}

/**
 * A lasting shortage is over after an hour inside: three cost half as much again and shortened
 * hardly any further.
 */
const OVER_SECONDS = 3600;

export interface ShortageRules {
  /** See `lastingStepsAt`. */
  readonly lastingSteps: number;
  readonly stepSeconds: number;
}

/**
 * Learns from one measured step which resources are short of what was `held`, whatever the size of
 * the shortage.
 */
export function advanceShortages(
  episodes: ShortageEpisodes,
  { actual, held }: { readonly actual: Footprint; readonly held: Footprint },
  rules: ShortageRules,
): ShortageEpisodes {
  const next: Partial<Record<Resource, ShortageEpisode>> = {};
  for (const resource of RESOURCES) {
    const before = episodes[resource];
    const [used, holds] = [actual[resource], held[resource]];
    const unknown = used === null || holds === null;
    const course = unknown ? before : advanceOpenIncident(before, used > holds, rules);
    if (course) next[resource] = course;
  }
  return next;
}

function advanceOpenIncident(
  before: ShortageEpisode | undefined,
  short: boolean,
  { lastingSteps, stepSeconds }: ShortageRules,
): ShortageEpisode | undefined {
  const shortSteps = short ? (before?.shortSteps ?? 0) + 1 : 0;
  const insideSteps = short ? 0 : (before?.insideSteps ?? 0) + 1;
  const goesOn = before?.lasting === true && insideSteps * stepSeconds < OVER_SECONDS;
  const lasting = goesOn || shortSteps >= lastingSteps;
  return short || lasting ? { shortSteps, insideSteps, lasting } : undefined;
}
