import type { FootprintWindow } from '#core/domain/footprint.ts';
import { forkRandom } from '#core/domain/random.ts';
import type { ApplicationSpec } from './application-spec.ts';
import { audienceApplications } from './audience-applications.ts';
import { batchApplications } from './batch-applications.ts';
import { sampleCalendar } from './calendar.ts';
import type { SampleCalendar, SampleGrid } from './calendar.ts';
import { fleetEvents, OUTAGE_APPLICATION } from './fleet-events.ts';
import type { SampleEvent } from './fleet-events.ts';
import { loseMeasurements } from './measurement-faults.ts';
import type { Span } from './measurement-faults.ts';
import { restlessApplications } from './restless-applications.ts';
import { shopApplications } from './shop-applications.ts';
import { simulateFootprint } from './simulate-footprint.ts';
import { traceRows } from './trace-rows.ts';
import type { SampleRow } from './trace-rows.ts';

const DAY = 24 * 3600;

export interface SampleFleetOptions {
  readonly seed: number;
  /** Unix seconds of the first step; a multiple of `stepSeconds`. */
  readonly startSeconds: number;
  /** 28 by default; at least 3, because the events need room. */
  readonly days?: number;
  /** 300 by default. */
  readonly stepSeconds?: number;
}

export interface SampleApplication {
  readonly applicationId: string;
  readonly applicationType: string;
  /** Description in words. */
  readonly what: string;
  /** The same grid for every application; NaN for steps without a measurement. */
  readonly window: FootprintWindow;
}

/** Simulated footprints of a small company's applications. Nothing in it was measured. */
export interface SampleFleet {
  /** Sorted by identifier. */
  readonly applications: readonly SampleApplication[];
  readonly events: readonly SampleEvent[];
  /**
   * The raw trace: one application after the other, in order of time, with gaps and duplicate rows.
   */
  rows(): Iterable<SampleRow>;
}

/**
 * Simulates the sample fleet. The same options give the same fleet on every machine.
 * @throws RangeError if the options do not describe a grid.
 */
export function createSampleFleet(options: SampleFleetOptions): SampleFleet {
  const grid = sampleGrid(options);
  const calendar = sampleCalendar(grid);
  const specs = [
    ...shopApplications(calendar),
    ...audienceApplications(calendar),
    ...batchApplications(),
    ...restlessApplications(calendar),
  ];
  const applications = specs
    .map((spec) => simulateApplication(spec, { grid, calendar, seed: options.seed }))
    .sort((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  return {
    applications,
    events: fleetEvents(calendar, grid),
    *rows() {
      for (const application of applications) yield* traceRows(application, options.seed);
    },
  };
}

function sampleGrid(options: SampleFleetOptions): SampleGrid {
  const { startSeconds, days = 28, stepSeconds = 300 } = options;
  if (!Number.isInteger(stepSeconds) || stepSeconds < 1 || DAY % stepSeconds !== 0) {
    throw new RangeError(`stepSeconds must divide a day, got ${stepSeconds}`);
  }
  if (!Number.isInteger(days) || days < 3) {
    throw new RangeError(`days must be a whole number of at least 3, got ${days}`);
  }
  if (!Number.isInteger(startSeconds / stepSeconds)) {
    throw new RangeError(`startSeconds must be a multiple of ${stepSeconds}, got ${startSeconds}`);
  }
  return { startSeconds, stepSeconds, steps: (days * DAY) / stepSeconds };
}

function simulateApplication(
  spec: ApplicationSpec,
  context: { readonly grid: SampleGrid; readonly calendar: SampleCalendar; readonly seed: number },
): SampleApplication {
  const { grid, calendar, seed } = context;
  const silent: Span[] = [];
  if (spec.firstSeconds !== undefined) {
    silent.push({ fromSeconds: grid.startSeconds, toSeconds: spec.firstSeconds });
  }
  if (spec.applicationId === OUTAGE_APPLICATION) silent.push(calendar.outage);
  const random = forkRandom(seed, `faults of ${spec.applicationId}`);
  return {
    applicationId: spec.applicationId,
    applicationType: spec.applicationType,
    what: spec.what,
    window: loseMeasurements(random, simulateFootprint(spec, grid, seed), silent),
  };
}
