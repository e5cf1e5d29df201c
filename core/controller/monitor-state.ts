import {
  INITIAL_DETECTOR_STATE,
  readDetectorState,
  type DetectorState,
} from '#core/detection/incidents/detector-state.ts';
import { largerFootprint } from '#core/capacity/limits.ts';
import type { Supply } from '#core/capacity/supply.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { IncidentStore } from '#core/domain/ports.ts';
import { fallbackNeed, NEW_CONTROL, headroomNeed, type ControlState } from './control-state.ts';

/** What monitoring remembers of an application between two intervals; plain JSON. */
export interface MonitorState {
  readonly detector: DetectorState;
  /** What the next allocation must at least hold, per resource. */
  readonly correction: Footprint;
  /** Absent in states of versions before 0.2. */
  readonly control?: ControlState;
  /** How it gets new instances; absent where nobody looked. */
  readonly supply?: Supply;
  /** Start of the last step that was monitored: every step is monitored once. */
  readonly lastStepSeconds: number | null;
  /** Incidents that a notifier holds back until it has seen all applications. */
  readonly unannounced?: readonly Incident[];
}

const NEW_STATE: MonitorState = {
  detector: INITIAL_DETECTOR_STATE,
  correction: EMPTY_FOOTPRINT,
  lastStepSeconds: null,
};

/** The saved state; a new one before the first interval. */
export async function readMonitorState(
  incidents: IncidentStore,
  applicationId: string,
): Promise<MonitorState> {
  // The store gives back what monitoring handed to it: nobody else writes this state.
  const stored = (await incidents.state(applicationId)) as MonitorState | null;
  if (stored === null) return NEW_STATE;
  const detector = readDetectorState(stored.detector);
  return detector === stored.detector ? stored : { ...stored, detector };
}

/** From now on monitoring looks after the application. Doing it twice changes nothing. */
export async function startMonitoring(
  incidents: IncidentStore,
  applicationId: string,
): Promise<void> {
  if ((await incidents.state(applicationId)) === null) {
    await incidents.save(applicationId, NEW_STATE, []);
  }
}

/** What monitoring has to say to the next allocation. */
export interface Demand {
  /** What it must at least hold, null where nothing is demanded. */
  readonly correction: Footprint;
  /** What it must hold in the forecast's place, null while the forecast is trusted. */
  readonly fallback: Footprint | null;
}

/** What is known of how the application gets new instances; undefined where nobody looked. */
export async function knownSupply(
  incidents: IncidentStore,
  applicationId: string,
): Promise<Supply | undefined> {
  return (await readMonitorState(incidents, applicationId)).supply;
}

/** What monitoring demands of the next allocation. */
export async function openDemand(incidents: IncidentStore, applicationId: string): Promise<Demand> {
  const { correction, control = NEW_CONTROL } = await readMonitorState(incidents, applicationId);
  return {
    correction: largerFootprint(correction, headroomNeed(control)),
    fallback: fallbackNeed(control),
  };
}
