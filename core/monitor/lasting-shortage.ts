import { RESOURCES, type Footprint, type Resource } from '#core/footprint.ts';

/** How long a resource has been short, and how long it has been inside again; plain JSON. */
export interface ShortageCourse {
  readonly shortSteps: number;
  readonly insideSteps: number;
  /** True from the step that made it a lasting one until it has been inside for long enough. */
  readonly lasting: boolean;
}

/** Resources that are short or were of late; the others are absent. */
export type ShortageCourses = Readonly<Partial<Record<Resource, ShortageCourse>>>;

/** One short step is what the decision weighed and accepted; a second in a row says that its forecast is too low. */
const LASTING_STEPS = 2;
/** A lasting shortage is over after an hour inside: three cost half as much again and shortened hardly any further. */
const OVER_SECONDS = 3600;

/** Learns from one measured step which resources are short of what was `held`, whatever the size of the shortage. */
export function advanceShortages(
  courses: ShortageCourses,
  { actual, held }: { readonly actual: Footprint; readonly held: Footprint },
  stepSeconds: number,
): ShortageCourses {
  const next: Partial<Record<Resource, ShortageCourse>> = {};
  for (const resource of RESOURCES) {
    const before = courses[resource];
    const [used, holds] = [actual[resource], held[resource]];
    const unknown = used === null || holds === null;
    const course = unknown ? before : advanceCourse(before, used > holds, stepSeconds);
    if (course) next[resource] = course;
  }
  return next;
}

function advanceCourse(
  before: ShortageCourse | undefined,
  short: boolean,
  stepSeconds: number,
): ShortageCourse | undefined {
  const shortSteps = short ? (before?.shortSteps ?? 0) + 1 : 0;
  const insideSteps = short ? 0 : (before?.insideSteps ?? 0) + 1;
  const goesOn = before?.lasting === true && insideSteps * stepSeconds < OVER_SECONDS;
  const lasting = goesOn || shortSteps >= LASTING_STEPS;
  return short || lasting ? { shortSteps, insideSteps, lasting } : undefined;
}
