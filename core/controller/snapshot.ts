import type { Footprint, FootprintWindow } from '#core/domain/footprint.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';
import type { ControllerState } from './controller-state.ts';

/** The part of a snapshot that `decide` looks at. */
export interface DecisionInput {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** What a new deployment asks for; null where it does not say. */
  readonly requested: Footprint | null;
  readonly nowSeconds: number;
  /**
   * What is used while a decision is made that looks ahead from the end of the step that goes on;
   * absent where the decision is made at that end.
   */
  readonly inUse?: Footprint | undefined;
  readonly profileVersion: number | null;
  /** Null before the first decision. */
  readonly state: ControllerState | null;
  /** What is scaled, with what its supply leaves it. */
  readonly target: Pick<
    ScalingState,
    | 'limits'
    | 'instanceCapacity'
    | 'desiredInstances'
    | 'inServiceInstances'
    | 'availableInstances'
    | 'hasPolicy'
  >;
}

/** Everything that is known of an application at one instant: what a decision rests on. */
export interface Snapshot extends DecisionInput {
  /** Null before the first training. */
  readonly profile: ApplicationProfile | null;
  /** The cluster whose model some resource borrows; null where none does. */
  readonly cluster: ClusterProfile | null;
  /** What was measured up to the step that contains `nowSeconds`. */
  readonly history: FootprintWindow;
  /** The same without expected events, see `usualHistory`; absent where there are none. */
  readonly usual?: FootprintWindow;
}
