import type { Supply } from '#core/capacity/supply.ts';
import {
  INITIAL_DETECTOR_STATE,
  type DetectorState,
} from '#core/detection/incidents/detector-state.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import { NEW_HEADROOM_TRIAL, type HeadroomTrial } from './headroom-trial.ts';
import type { ShortageEpisodes } from './lasting-shortage.ts';
import type { ServiceTrial } from './service/service-trial.ts';

/** Written into every state, see `parseControllerState`. */
export const STATE_VERSION = 2;

/** Everything the controller remembers of an application between two steps. */
export interface ControllerState {
  readonly version: typeof STATE_VERSION;
  readonly detector: DetectorState;
  /** What the next allocation must at least hold, per resource; null where nothing is demanded. */
  readonly correction: Footprint;
  /** The last measured uses, newest last. */
  readonly recentUses: readonly Footprint[];
  /** Resources that are or were short of late. */
  readonly shortages: ShortageEpisodes;
  /** Which headroom above recent use pays. */
  readonly headroom: HeadroomTrial;
  /** How tried quantiles serve against reactive behaviour; absent where nobody asked for it. */
  readonly service?: ServiceTrial | undefined;
  /** How the application gets new instances; null where nobody looked. */
  readonly supply: Supply | null;
  /** Start of the last step that was observed: every step is observed once. */
  readonly lastStepSeconds: number | null;
  /** Incidents that a notifier holds back until it has seen all applications. */
  readonly unannounced: readonly Incident[];
}

export const NEW_CONTROLLER_STATE: ControllerState = {
  version: STATE_VERSION,
  detector: INITIAL_DETECTOR_STATE,
  correction: EMPTY_FOOTPRINT,
  recentUses: [],
  shortages: {},
  headroom: NEW_HEADROOM_TRIAL,
  supply: null,
  lastStepSeconds: null,
  unannounced: [],
};
