import {
  INITIAL_DETECTOR_STATE,
  readDetectorState,
  type DetectorState,
} from '#core/detect/detector-state.ts';
import { EMPTY_FOOTPRINT, type Footprint } from '#core/footprint.ts';
import type { IncidentStore } from '#core/ports.ts';

/** What monitoring remembers of an application between two intervals; plain JSON. */
export interface MonitorState {
  readonly detector: DetectorState;
  /** What the next allocation must at least hold, per resource. */
  readonly correction: Footprint;
  /** Start of the last step that was monitored: every step is monitored once. */
  readonly lastStepSeconds: number | null;
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
  return stored === null ? NEW_STATE : { ...stored, detector: readDetectorState(stored.detector) };
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

/** What monitoring demands of the next allocation, null where it demands nothing. */
export async function openCorrection(
  incidents: IncidentStore,
  applicationId: string,
): Promise<Footprint> {
  return (await readMonitorState(incidents, applicationId)).correction;
}
