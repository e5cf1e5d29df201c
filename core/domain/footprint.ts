/** Resources whose use is measured, each summed over all instances of an application. */
export const RESOURCES = ['cpu', 'memory', 'disk', 'network'] as const;
export type Resource = (typeof RESOURCES)[number];

export const RESOURCE_UNITS: Readonly<Record<Resource, string>> = {
  cpu: 'cores',
  memory: 'bytes',
  disk: 'bytes/s',
  network: 'bytes/s',
};

/**
 * Resources of which a step keeps the largest value where a source measures it more often, and not
 * the mean: lack of memory kills at once, however short the peak.
 */
export const PEAK_RESOURCES: ReadonlySet<Resource> = new Set(['memory']);

/**
 * CPU in cores, memory in bytes, disk and network in bytes per second; null means "not measured".
 */
export type Footprint = Readonly<Record<Resource, number | null>>;

/** A footprint and the start of the step it was measured over (Unix seconds, UTC). */
export interface FootprintPoint {
  readonly timestampSeconds: number;
  readonly footprint: Footprint;
}

/**
 * Footprints on a regular time grid; NaN for steps without a measurement. All arrays have the same
 * length.
 */
export interface FootprintWindow {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: Readonly<Record<Resource, Float64Array>>;
}

export const EMPTY_FOOTPRINT: Footprint = { cpu: null, memory: null, disk: null, network: null };

/**
 * Builds one value per resource. The object is filled step by step, because V8 puts what a whole
 * literal makes into the old generation once many of its results were kept, as footprints are. The
 * columns of a window in a dead object there would stay in memory until a full collection.
 */
export function perResource<T>(make: (resource: Resource) => T): Record<Resource, T> {
  const made = {} as Record<Resource, T>;
  made.cpu = make('cpu');
  made.memory = make('memory');
  made.disk = make('disk');
  made.network = make('network');
  return made;
}

/** The longest step of footprints: of what is used in a longer one, no decision can be made. */
export const LONGEST_STEP_SECONDS = 86_400;
