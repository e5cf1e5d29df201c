import type { Footprint, FootprintWindow } from '#core/domain/footprint.ts';
import { perResource, RESOURCES } from '#core/domain/footprint.ts';
import { forkRandom } from '#core/domain/random.ts';

/** Share of rows that occur twice, as when an exporter retries. */
const DUPLICATE_SHARE = 0.002;

/** One row of a footprint trace. */
export interface SampleRow {
  readonly applicationId: string;
  readonly applicationType: string;
  readonly timestampSeconds: number;
  readonly footprint: Footprint;
}

interface RowSource {
  readonly applicationId: string;
  readonly applicationType: string;
  readonly window: FootprintWindow;
}

/**
 * The rows of one application in order of time. Steps without any measurement have no row. A few
 * rows occur twice, the copy right after the original.
 */
export function* traceRows(source: RowSource, seed: number): Generator<SampleRow> {
  const random = forkRandom(seed, `rows of ${source.applicationId}`);
  const { window } = source;
  for (let step = 0; step < window.values.cpu.length; step++) {
    const twice = random() < DUPLICATE_SHARE;
    if (RESOURCES.every((resource) => Number.isNaN(window.values[resource][step]))) continue;
    const row = {
      applicationId: source.applicationId,
      applicationType: source.applicationType,
      timestampSeconds: window.startSeconds + step * window.stepSeconds,
      footprint: perResource((resource) => {
        const value = window.values[resource][step];
        return Number.isNaN(value) ? null : value;
      }),
    };
    yield row;
    if (twice) yield { ...row, footprint: { ...row.footprint } };
  }
}
