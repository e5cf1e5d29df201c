import type { Footprint, Resource } from './footprint.ts';

/** Everything the engine can be told; the defaults and their reasons are in DEFAULT_SETTINGS. */
export interface Settings {
  readonly stepSeconds: number;
  /** Resources that are trained, forecast and allocated. */
  readonly resources: readonly Resource[];
  readonly training: TrainingSettings;
  readonly allocation: AllocationSettings;
  readonly detection: DetectionSettings;
  readonly clustering: ClusteringSettings;
}

export interface TrainingSettings {
  /** Past steps a forecast reads. */
  readonly context: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  /** Longest history used for training, in seconds. */
  readonly windowSeconds: number;
  /** Below this much measured history an application uses its cluster's model, in seconds. */
  readonly minimumSeconds: number;
  readonly origins: number;
  /** Time between two trainings. */
  readonly everySeconds: number;
  /** Time between two trainings in which all candidates compete; others are about the winners of the last. */
  readonly competeEverySeconds: number;
  readonly network: NetworkSettings;
}

/** The LSTM of a cluster; its time grows with epochs times windows. */
export interface NetworkSettings {
  /** At most; training stops early where more brings nothing. 0 turns the network off. */
  readonly epochs: number;
  /** Epochs in which an application's own use changes the network of its cluster, at most; 0 does not offer it to them. */
  readonly tuneEpochs: number;
  /** Windows of all members that one epoch learns from. */
  readonly windows: number;
  /** Length of the network's state. */
  readonly hidden: number;
  readonly seed: number;
}

export const ALLOCATION_MODES = ['observe', 'scale-out', 'full'] as const;
export type AllocationMode = (typeof ALLOCATION_MODES)[number];

export interface AllocationSettings {
  /** What one instance-hour of shortage costs, in units of one idle instance-hour (newsvendor). */
  readonly shortageCost: number;
  readonly idleCost: number;
  /** From decision to a new instance in service. */
  readonly bootSeconds: number;
  /** Relative width of the 80 % interval above which a forecast counts as unreliable. */
  readonly unreliableWidth: number;
  /** Margin = safetyFactor × safetyMargin × (upper quantile − chosen quantile). */
  readonly safetyMargin: number;
  readonly safetyFactor: number;
  /** Actual ÷ allocated above which monitoring triggers scaling, below which it reports over-allocation. */
  readonly overThreshold: number;
  readonly underThreshold: number;
  /** Share of an instance's capacity that may be used, per resource. */
  readonly targetUtilization: Readonly<Record<Resource, number>>;
  /** `observe` recommends only, `scale-out` never lowers, `full` does both. */
  readonly mode: AllocationMode;
  /** Most instances one decision may add or take away; null for as many as it wants. */
  readonly maxIncrease: number | null;
  readonly maxDecrease: number | null;
  readonly defaultsByType: Readonly<Record<string, TypeDefaults>>;
}

/** What an application of a type gets before anything is known of it, and what one of its instances holds. */
export interface TypeDefaults {
  readonly allocation: Footprint;
  readonly instanceCapacity: Footprint;
  readonly minInstances: number;
  readonly maxInstances: number;
}

export interface DetectionSettings {
  /** Levels of the interval outside which a point is suspicious. */
  readonly lowerLevel: number;
  readonly upperLevel: number;
  /**
   * How long before a step the forecast is made that the step is judged by: a forecast of the next five minutes follows
   * every surge so fast that none would look strange.
   */
  readonly leadSeconds: number;
  /** An incident opens when m of the last n points lie outside on the same side. */
  readonly m: number;
  readonly n: number;
  /** An incident ends after this many consecutive points inside. */
  readonly quietSteps: number;
  /** Sensitivity: false alerts per metric and week that are accepted, of either level. */
  readonly warningsPerWeek: number;
  readonly pagesPerWeek: number;
  /** Sides on which a deviation counts. */
  readonly direction: 'both' | 'above' | 'below';
  /** Deviations smaller than this are never anomalies, in the resource's unit. */
  readonly minimumDeviation: Readonly<Record<Resource, number>>;
  /**
   * What a step without a measurement means while other resources were measured. Where nothing at all is measured any
   * more: after `m` steps an incident where it is `breach` for one of them, zeros where it is `zero` for all, else an
   * incident after `absenceSeconds`.
   */
  readonly missing: Readonly<Record<Resource, MissingData>>;
  /** An application that was measured and has been silent for so long is an incident; 0 never. */
  readonly absenceSeconds: number;
  /** The time zone (IANA) whose days and weeks seasons follow, and those of applications that live by another. */
  readonly timeZone: string;
  readonly timeZones: Readonly<Record<string, string>>;
  /** What is known beforehand. */
  readonly calendar: readonly CalendarEntry[];
  readonly digest: DigestSettings;
  /** Where people see a picture, `{application}` standing for the application's name; null: messages have no link. */
  readonly dashboardUrl: string | null;
  /** Deviations below this share of the expected value are never anomalies. */
  readonly minimumRelativeDeviation: number;
  /** A point is suspicious only this many half widths outside the interval: one in fifty lies outside by nature. */
  readonly minimumSeverity: number;
}

/** Nothing, a zero, or a point outside what was expected. */
export type MissingData = 'ignore' | 'zero' | 'breach';

/**
 * `mute`: nothing is reported, everything is learnt. `maintenance`, `holiday`: nothing is reported of it or learnt from
 * it (a holiday only excuses what lies below). `deploy`: an incident that opens in it says so and does not page.
 */
export interface CalendarEntry {
  readonly kind: 'mute' | 'maintenance' | 'holiday' | 'deploy';
  /** Null means all applications. */
  readonly applicationId: string | null;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface DigestSettings {
  /** So many applications that open an incident in the same interval are told in one message. */
  readonly applications: number;
  /** Applications whose incidents are told by themselves in any case. */
  readonly critical: readonly string[];
}

export interface ClusteringSettings {
  readonly maxClusters: number;
  /** Distance to the own cluster ÷ typical distance within it above which a footprint diverges. */
  readonly divergenceRatio: number;
  /** Consecutive divergent refinements before the application gets a profile of its own. */
  readonly divergenceRuns: number;
  /** Measured history needed to be clustered at all, in seconds. */
  readonly minimumSeconds: number;
  /** History the shapes are taken from. */
  readonly windowSeconds: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** Type used when an application's own type is unknown or not configured. */
export const FALLBACK_TYPE = 'default';

const smallInstance: Footprint = {
  cpu: 2,
  memory: 4 * GIB,
  disk: 100 * MIB,
  network: 75 * MIB,
};

const typeDefaults = (instances: number, maxInstances = 48): TypeDefaults => ({
  allocation: {
    cpu: instances * 2 * 0.7,
    memory: instances * 4 * GIB * 0.8,
    disk: instances * 50 * MIB,
    network: instances * 40 * MIB,
  },
  instanceCapacity: smallInstance,
  minInstances: 1,
  maxInstances,
});

export const DEFAULT_SETTINGS: Settings = {
  stepSeconds: 300,
  resources: ['cpu', 'memory', 'disk', 'network'],
  training: {
    // One week of five-minute steps: the longest season the first models know.
    context: 2016,
    horizon: 288,
    levels: [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99],
    windowSeconds: 28 * DAY,
    // Two days show a daily season twice, the least that tells a season from chance.
    minimumSeconds: 2 * DAY,
    origins: 12,
    everySeconds: DAY,
    competeEverySeconds: 7 * DAY,
    // A few seconds per cluster and resource.
    network: { epochs: 12, tuneEpochs: 3, windows: 512, hidden: 24, seed: 1 },
  },
  allocation: {
    // 9 : 1 chooses the 90th percentile.
    shortageCost: 9,
    idleCost: 1,
    bootSeconds: 600,
    unreliableWidth: 1.5,
    safetyMargin: 0.1,
    safetyFactor: 1,
    overThreshold: 1,
    underThreshold: 0.3,
    targetUtilization: { cpu: 1, memory: 1, disk: 1, network: 1 },
    mode: 'full',
    maxIncrease: null,
    maxDecrease: null,
    defaultsByType: {
      [FALLBACK_TYPE]: typeDefaults(2),
      web: typeDefaults(3),
      batch: typeDefaults(2),
      worker: typeDefaults(2),
      internal: typeDefaults(1),
    },
  },
  detection: {
    lowerLevel: 0.01,
    upperLevel: 0.99,
    leadSeconds: HOUR,
    m: 3,
    n: 5,
    quietSteps: 12,
    // The two working points of the operating curve in docs/benchmarks/detection.md.
    warningsPerWeek: 0.7,
    pagesPerWeek: 0.15,
    direction: 'both',
    minimumDeviation: { cpu: 0, memory: 0, disk: 0, network: 0 },
    missing: { cpu: 'ignore', memory: 'ignore', disk: 'ignore', network: 'ignore' },
    absenceSeconds: HOUR,
    timeZone: 'UTC',
    timeZones: {},
    calendar: [],
    digest: { applications: 5, critical: [] },
    dashboardUrl: null,
    minimumRelativeDeviation: 0.2,
    minimumSeverity: 1,
  },
  clustering: {
    maxClusters: 8,
    divergenceRatio: 2.5,
    divergenceRuns: 2,
    minimumSeconds: 2 * DAY,
    windowSeconds: 7 * DAY,
  },
};
