import * as z from 'zod';
import type { Supply } from '#core/capacity/supply.ts';
import {
  detectorStateSchema,
  incidentSchema,
} from '#core/detection/incidents/detector-state-schema.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detection/incidents/detector-state.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/domain/footprint.ts';
import { NEW_CONTROLLER_STATE, STATE_VERSION, type ControllerState } from './controller-state.ts';
import { HEADROOM_FACTORS, NEW_HEADROOM_TRIAL, type HeadroomTrial } from './headroom-trial.ts';
import type { ShortageEpisodes } from './lasting-shortage.ts';
import { COLUMNS } from './service/behaviours.ts';
import { choicesOf, newServiceTrial, type ServiceTrial } from './service/service-trial.ts';

const amount = z.number().nullable();
const footprint: z.ZodType<Footprint> = z.object({
  cpu: amount,
  memory: amount,
  disk: amount,
  network: amount,
});

const episode = z.exactOptional(
  z.object({ shortSteps: z.number(), insideSteps: z.number(), lasting: z.boolean() }),
);
const shortages: z.ZodType<ShortageEpisodes> = z.object({
  cpu: episode,
  memory: episode,
  disk: episode,
  network: episode,
});

/** One number for each factor: a trial of other factors says nothing about these. */
const perFactor = z.array(z.number()).length(HEADROOM_FACTORS.length);
const headroom: z.ZodType<HeadroomTrial> = z.object({
  costs: perFactor,
  shortSteps: perFactor,
  wanted: z.array(perFactor),
  guard: z.object({ lasting: perFactor, missed: z.number() }),
  steps: z.number(),
  chosen: z
    .int()
    .min(0)
    .max(HEADROOM_FACTORS.length - 1),
});

const serviceRecord = z.object({ unserved: z.number(), short: z.number() });
/** Arrays have a number for each behaviour of their kind, and one for target tracking. */
function trialSchema(isBeside: boolean) {
  const choices = choicesOf(isBeside);
  const perChoice = z.array(z.number()).length(choices);
  const group = z.object({ desired: amount, lowSteps: z.number(), needs: z.array(z.number()) });
  return z.object({
    isBeside: z.literal(isBeside),
    asked: z.array(z.array(z.number()).length(COLUMNS.length)),
    wanted: z.array(perChoice),
    groups: z.array(group).length(isBeside ? choices : 1),
    unserved: perChoice,
    short: perChoice,
    hours: perChoice,
    own: serviceRecord,
    tracked: serviceRecord,
    waiting: z.array(
      z.object({
        held: perChoice,
        inService: z.number(),
        used: z.number(),
        certain: z.number(),
      }),
    ),
    lastFree: amount,
    steps: z.number(),
  });
}
const service: z.ZodType<ServiceTrial> = z.discriminatedUnion('isBeside', [
  trialSchema(false),
  trialSchema(true),
]);

const supply: z.ZodType<Supply> = z.object({
  startsSeconds: z.array(z.number()),
  refusals: z.array(z.object({ atSeconds: z.number(), instances: z.number() })),
  freeCpus: amount,
  askedAtSeconds: z.number(),
});

/** A part that cannot be read begins anew and leaves the others as they are. */
const stateSchema: z.ZodType<ControllerState> = z.object({
  version: z.literal(STATE_VERSION),
  detector: detectorStateSchema.catch(INITIAL_DETECTOR_STATE),
  correction: footprint.catch(EMPTY_FOOTPRINT),
  recentUses: z.array(footprint).catch([]),
  shortages: shortages.catch({}),
  headroom: headroom.catch(NEW_HEADROOM_TRIAL),
  service: z.exactOptional(service.catch(() => newServiceTrial(false))),
  supply: supply.nullable().catch(null),
  lastStepSeconds: amount.catch(null),
  unannounced: z.array(incidentSchema).catch([]),
});

/**
 * The state that a store gave back. A state without a version is one of 0.1 and is converted; one
 * of any other version, and anything that is no state, begins anew.
 */
export function parseControllerState(stored: unknown): ControllerState {
  const known = stateSchema.safeParse(stored);
  if (known.success) return known.data;
  const converted = stateSchema.safeParse(convertUnversioned(stored));
  return converted.success ? converted.data : NEW_CONTROLLER_STATE;
}

const unversionedSchema = z.looseObject({
  version: z.undefined().optional(),
  detector: z.looseObject({}),
  control: z
    .object({
      recent: z.unknown(),
      shortages: z.unknown(),
      room: z.looseObject({ promise: z.unknown() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** A state of 0.1 under the names of today; null for what is none. */
function convertUnversioned(stored: unknown): unknown {
  const known = unversionedSchema.safeParse(stored);
  if (!known.success) return null;
  const { control, ...others } = known.data;
  return {
    ...others,
    version: STATE_VERSION,
    recentUses: control?.recent,
    shortages: control?.shortages,
    headroom: control?.room && { ...control.room, guard: control.room.promise },
  };
}
