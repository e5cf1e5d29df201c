import type { Incident } from '#core/domain/incident.ts';
import type { ControllerState } from './controller-state.ts';

/** The controller's state between two steps, and the incidents that it found. */
export interface IncidentStore {
  /** The saved state as `parseControllerState` reads it; null before the first save. */
  state(applicationId: string): Promise<ControllerState | null>;
  /** Saves the state and the incidents that opened, grew or ended, in one step. */
  save(applicationId: string, state: ControllerState, changed: readonly Incident[]): Promise<void>;
  /** Incidents by start; an incident is known by application, resource and start. */
  incidents(applicationId: string): Promise<readonly Incident[]>;
}
