import * as z from 'zod';
import type { Resource } from '#core/footprint.ts';
import { RESOURCES } from '#core/footprint.ts';

const direction = z.enum(['above', 'below']);

const incident = z.strictObject({
  applicationId: z.string(),
  resource: z.enum(RESOURCES),
  direction,
  startSeconds: z.number(),
  endSeconds: z.number().nullable(),
  severity: z.number(),
  peakActual: z.number(),
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
});

const point = z.strictObject({
  atSeconds: z.number(),
  actual: z.number(),
  /** Side on which it lies outside, null inside. */
  direction: direction.nullable(),
  severity: z.number(),
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
});

const state = z.strictObject({
  applicationId: z.string(),
  resource: z.enum(RESOURCES),
  /** The last n points with a measurement and a forecast, oldest first. */
  recent: z.array(point).readonly(),
  open: incident.nullable(),
  /** Points in a row that do not lie on the open incident's side, and the instant of the first of them. */
  quietSteps: z.number(),
  quietSinceSeconds: z.number().nullable(),
  /** Time of the last point that counted, and of the last observation of any kind. */
  lastPointSeconds: z.number().nullable(),
  lastSeconds: z.number().nullable(),
  /** Slow mean of the absolute values. */
  usualLevel: z.number(),
  /** After an incident that ended by its age: what is not reported again before it was quiet once. */
  muted: z.strictObject({ direction, severity: z.number() }).nullable(),
});

/** Everything the detector of one resource of one application remembers; plain JSON. */
export type ResourceDetectorState = Readonly<z.infer<typeof state>>;
export type DetectorPoint = Readonly<z.infer<typeof point>>;

/** State before the first observation. */
export function initialResourceState(
  applicationId: string,
  resource: Resource,
): ResourceDetectorState {
  return {
    applicationId,
    resource,
    recent: [],
    open: null,
    quietSteps: 0,
    quietSinceSeconds: null,
    lastPointSeconds: null,
    lastSeconds: null,
    usualLevel: 0,
    muted: null,
  };
}

/** State of all resources of one application; absent where nothing was observed yet. */
export type DetectorState = Readonly<Partial<Record<Resource, ResourceDetectorState>>>;

const footprintState = z.strictObject({
  cpu: state.optional(),
  memory: state.optional(),
  disk: state.optional(),
  network: state.optional(),
});

/**
 * The state that a store gave back, or an empty one where there is none or it does not have this form (an older
 * version's): detection starts anew then, it does not stop.
 */
export function readDetectorState(stored: unknown): DetectorState {
  const parsed = footprintState.safeParse(stored);
  if (!parsed.success) return {};
  const known: Partial<Record<Resource, ResourceDetectorState>> = {};
  for (const resource of RESOURCES) {
    const found = parsed.data[resource];
    if (found !== undefined) known[resource] = found;
  }
  return known;
}
