import { MetricReadError } from '#core/domain/metric-read-error.ts';
import type { MetricSource, TimeRange } from '#core/domain/ports.ts';

/** What happens to an application: its metrics fail, it has none, or (null) all is well. */
export type SourceFault = (applicationId: string) => 'fail' | 'empty' | null;

interface Asked {
  readonly ids: readonly string[];
  readonly range: TimeRange;
  readonly periodSeconds: number;
}

/**
 * Applications that use one core in every period, and what was asked of them. Those that fail let
 * the others through.
 */
export function emulatedSource(fault: SourceFault) {
  const asked: Asked[] = [];
  const sourceOf = (
    applications: readonly { readonly applicationId: string }[],
    periodSeconds: number,
  ): MetricSource => ({
    async *read(range) {
      const ids = applications.map(({ applicationId }) => applicationId);
      asked.push({ ids, range, periodSeconds });
      const unread = [];
      for (const applicationId of ids) {
        const state = fault(applicationId);
        if (state === 'fail') unread.push({ applicationId, range, reason: 'throttled' });
        if (state !== null) continue;
        const points = [];
        for (let t = range.fromSeconds; t < range.toSeconds; t += periodSeconds) {
          const footprint = { cpu: 1, memory: null, disk: null, network: null };
          points.push({ timestampSeconds: t, footprint });
        }
        yield { applicationId, applicationType: null, points };
      }
      if (unread.length > 0) throw new MetricReadError(unread);
    },
  });
  const oldestAsked = () => Math.min(...asked.map(({ range }) => range.fromSeconds));
  return { asked, sourceOf, oldestAsked };
}
