import type { AllocationDecision, CapacityLimits } from './allocation.ts';
import type { Footprint, FootprintPoint, FootprintWindow } from './footprint.ts';
import type { Incident } from './incident.ts';
import type { ApplicationProfile, ClusterProfile } from './profiles.ts';
import type { Watermark } from './watermark.ts';

/** Times are Unix seconds, UTC; `to` is exclusive. */
export interface TimeRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Usage of applications as measured by somebody else: a trace, this host, CloudWatch. */
export interface MetricSource {
  /**
   * Every measured point within the range, in any order, per application.
   * @throws MetricReadError from the iteration where some applications could not be read, after the
   * points of the others.
   */
  read(range: TimeRange): AsyncIterable<ApplicationPoints>;
}

/** What a source of metrics keeps and takes. */
export interface SourceLimits {
  /** Applications that one call can ask for. */
  readonly callApplications: number;
  /** Calls that may run at the same time. */
  readonly concurrentCalls: number;
  /** Days that points of the history's step are kept. */
  readonly fineDays: number;
  /** Days that hourly points are kept. */
  readonly coarseDays: number;
}

export interface ApplicationPoints {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly points: readonly FootprintPoint[];
  /** Whether some of the points were simulated, not measured. Absent: none. */
  readonly isSimulated?: boolean;
}

export interface ApplicationHistory {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly stepSeconds: number;
  /** Start of the first and of the last step with a point. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly points: number;
  /** True where simulated points were ever stored. Absent: all were measured. */
  readonly isSimulated?: true;
}

export interface HistoryStore {
  /** Human-readable place, for example "duckdb:.foreprint/store.duckdb". */
  readonly location: string;
  /**
   * Idempotent: the same point twice is one point; a late point takes its place in time; a later
   * append for the same application and time replaces the values that it measures (null leaves the
   * stored value alone).
   * @throws HistoryWriteError where some applications could not be stored; the others were.
   */
  append(batch: readonly ApplicationPoints[]): Promise<void>;
  /**
   * The range on a regular step, one slot per step from `fromSeconds` on, NaN where nothing is
   * stored.
   */
  read(applicationId: string, range: TimeRange, stepSeconds: number): Promise<FootprintWindow>;
  /** What is stored of one application, null where nothing is. */
  application(applicationId: string): Promise<ApplicationHistory | null>;
  /** Applications in the order of their identifiers. */
  applications(): Promise<readonly ApplicationHistory[]>;
}

/** How far ingest has come with every application. */
export interface WatermarkStore {
  read(): Promise<ReadonlyMap<string, Watermark>>;
  /** Adds to what is stored; what another writer has stored meanwhile stays. */
  save(changed: ReadonlyMap<string, Watermark>): Promise<void>;
  /** Forgets an application; nothing where it is not known. */
  remove(applicationId: string): Promise<void>;
}

/** Thrown when a profile was written by somebody else since it was read. */
export class VersionConflict extends Error {
  constructor(id: string, expected: number, found: number) {
    super(`profile ${id} is at version ${found}, not at ${expected}: somebody else wrote it`);
    this.name = 'VersionConflict';
  }
}

export interface ProfileStore {
  application(applicationId: string): Promise<ApplicationProfile | null>;
  applications(): Promise<readonly ApplicationProfile[]>;
  /**
   * Stores the profile as version `profile.version + 1` and returns it so; version 0 means "new".
   * @throws VersionConflict if the stored version is not `profile.version`.
   */
  putApplication(profile: ApplicationProfile): Promise<ApplicationProfile>;
  clusters(): Promise<readonly ClusterProfile[]>;
  /** Replaces all cluster profiles at once. */
  putClusters(clusters: readonly ClusterProfile[]): Promise<void>;
  /** Appends to the allocation log; the same application and instant twice is one entry. */
  logAllocation(decision: AllocationDecision): Promise<void>;
  /** The newest entries first. */
  allocationLog(applicationId: string, limit: number): Promise<readonly AllocationDecision[]>;
}

export interface ModelStore {
  /**
   * Stores an immutable file under its content hash; returns the hash (hex) and a human-readable
   * place.
   */
  put(bytes: Uint8Array): Promise<{ readonly sha256: string; readonly file: string }>;
  /** @throws if there is no such file or its content does not have that hash. */
  get(sha256: string): Promise<Uint8Array>;
}

export interface ScalingState {
  readonly desiredInstances: number;
  readonly inServiceInstances: number;
  readonly pendingInstances: number;
  readonly limits: CapacityLimits;
  /**
   * Instances that can be had now where that is less than the maximum: see `availableInstances`.
   * Absent: the maximum.
   */
  readonly availableInstances?: number;
  /** What one instance gives. Null resources do not limit anything. */
  readonly instanceCapacity: Footprint;
  /**
   * Whether a dynamic policy of the owner reacts to what is measured. A decision is then a floor
   * beside it, which only foresees. Absent: nobody else scales.
   */
  readonly hasPolicy?: boolean;
}

export interface ScalingTarget {
  describe(applicationId: string): Promise<ScalingState>;
  setDesired(applicationId: string, instances: number): Promise<void>;
}

export type Alert =
  | { readonly kind: 'incident-opened'; readonly incident: Incident }
  /** A warning became a page, or what was open has fallen silent. */
  | { readonly kind: 'incident-escalated'; readonly incident: Incident }
  | { readonly kind: 'incident-resolved'; readonly incident: Incident }
  | {
      /** Many applications opened an incident in the same interval. */
      readonly kind: 'digest';
      readonly atSeconds: number;
      readonly incidents: readonly Incident[];
    }
  | {
      readonly kind: 'over-allocation';
      readonly applicationId: string;
      readonly atSeconds: number;
      readonly utilization: number;
    };

export interface Notifier {
  publish(alert: Alert): Promise<void>;
  /**
   * Whether `publish` keeps such an alert for a while, so that a crash could lose it. Absent: it
   * never does.
   */
  holds?(alert: Alert): boolean;
}

/** Every time in the core comes from here or from an argument. */
export interface Clock {
  nowSeconds(): number;
}
