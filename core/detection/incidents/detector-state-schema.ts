import * as z from 'zod';
import { VIEWS } from '#core/domain/detection-cause.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { Incident, IncidentCause } from '#core/domain/incident.ts';
import {
  DETECTOR_VERSION,
  type DetectorPoint,
  type DetectorState,
  type ResourceDetectorState,
} from './detector-state.ts';

const resource = z.enum(RESOURCES);
const direction = z.enum(['above', 'below']);
const level = z.enum(['warn', 'page']);
const cause: z.ZodType<IncidentCause> = z.enum([...VIEWS, 'range', 'absence']);

export const incidentSchema: z.ZodType<Incident> = z.object({
  applicationId: z.string(),
  resource,
  resources: z.array(resource),
  direction,
  level,
  causes: z.array(cause),
  suspect: z.enum(['application', 'forecast']),
  afterDeploy: z.boolean(),
  startSeconds: z.number(),
  endSeconds: z.number().nullable(),
  severity: z.number(),
  peakActual: z.number(),
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
});

const point: z.ZodType<DetectorPoint> = z.object({
  atSeconds: z.number(),
  actual: z.number(),
  direction: direction.nullable(),
  severity: z.number(),
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
  isUsual: z.boolean(),
});

/** The memory of the metric is one base64 string: its numbers are not looked at one by one. */
const resourceState: z.ZodType<ResourceDetectorState> = z.object({
  memory: z.string(),
  recent: z.array(point),
  evidence: z.object({ atSeconds: z.number(), level, causes: z.array(cause) }).nullable(),
  outsideRun: z.number(),
  rows: z.number(),
  usualLevel: z.number(),
  modelError: z.number(),
  baseError: z.number(),
  modelled: z.number(),
  failedAtSeconds: z.number().exactOptional(),
  late: z.object({ measuredSeconds: z.number(), lagSeconds: z.number() }).exactOptional(),
});

const perKnownResource = <T extends z.ZodType>(value: T) => {
  const optional = z.exactOptional(value);
  return z.object({ cpu: optional, memory: optional, disk: optional, network: optional });
};

const stateSchema = z.object({
  version: z.literal(DETECTOR_VERSION),
  resources: perKnownResource(resourceState),
  open: incidentSchema.nullable(),
  involved: perKnownResource(direction),
  quietSteps: z.number(),
  quietSinceSeconds: z.number().nullable(),
  lastPointSeconds: z.number().nullable(),
  lastSeconds: z.number().nullable(),
  muted: z.object({ resource, direction, severity: z.number() }).nullable(),
  echo: z.object({ resource, direction, untilSeconds: z.number() }).nullable(),
});

const VERSION_BEFORE = 4;

/**
 * The detector's part of a stored state. The memory of the version before has another layout, so
 * its metrics are learned anew, while its open incident and what is muted are kept.
 */
export const detectorStateSchema: z.ZodType<DetectorState> = z.union([
  stateSchema,
  stateSchema
    .extend({ version: z.literal(VERSION_BEFORE) })
    .transform((before) => ({ ...before, version: DETECTOR_VERSION, resources: {} })),
]);
