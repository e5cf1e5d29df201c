import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';

/** How long a resource has been short, and how long it has been inside again; plain JSON. */
export interface ShortageCourse {
  readonly shortSteps: number;
  readonly insideSteps: number;
  /** True from the step that made it a lasting one until it has been inside for long enough. */
  readonly lasting: boolean;
}

/** Resources that are short or were of late; the others are absent. */
export type ShortageCourses = Readonly<Partial<Record<Resource, ShortageCourse>>>;

/** So rarely is a run of short steps chance where the forecast is right. */
const CHANCE = 0.1;

/**
 * Short steps in a row that say that the forecast is too low. At a quantile every step is short with chance 1 − quantile, so
 * n in a row are by (1 − quantile)^n if steps were independent. They are not: what a low quantile accepts comes in runs, the
 * longer the more it accepts. The square of that n is one step at 0.9, three at 0.8, four at 0.7, twelve at 0.5; on 25
 * machines of bitbrains' August the frontier below 0.8 lies 1 % lower than with n itself.
 */
export function lastingStepsAt(quantile: number): number {
  const byChance = Math.log(CHANCE) / Math.log(1 - quantile);
  return Math.max(1, Math.ceil(byChance ** 2 - 1e-9));
}

/** A lasting shortage is over after an hour inside: three cost half as much again and shortened hardly any further. */
const OVER_SECONDS = 3600;

export interface ShortageRules {
  /** See `lastingStepsAt`. */
  readonly lastingSteps: number;
  readonly stepSeconds: number;
}

/** Learns from one measured step which resources are short of what was `held`, whatever the size of the shortage. */
export function advanceShortages(
  courses: ShortageCourses,
  { actual, held }: { readonly actual: Footprint; readonly held: Footprint },
  rules: ShortageRules,
): ShortageCourses {
  const next: Partial<Record<Resource, ShortageCourse>> = {};
  for (const resource of RESOURCES) {
    const before = courses[resource];
    const [used, holds] = [actual[resource], held[resource]];
    const unknown = used === null || holds === null;
    const course = unknown ? before : advanceCourse(before, used > holds, rules);
    if (course) next[resource] = course;
  }
  return next;
}

function advanceCourse(
  before: ShortageCourse | undefined,
  short: boolean,
  { lastingSteps, stepSeconds }: ShortageRules,
): ShortageCourse | undefined {
  const shortSteps = short ? (before?.shortSteps ?? 0) + 1 : 0;
  const insideSteps = short ? 0 : (before?.insideSteps ?? 0) + 1;
  const goesOn = before?.lasting === true && insideSteps * stepSeconds < OVER_SECONDS;
  const lasting = goesOn || shortSteps >= lastingSteps;
  return short || lasting ? { shortSteps, insideSteps, lasting } : undefined;
}
