import type { MetricDelays } from '#adapters/aws/cloudwatch/metric-delays.ts';
import type { WatermarkStore } from '#core/domain/ports.ts';

/** Keeps measured delays of metrics in the watermarks: Lambda ends processes when it likes. */
export function rememberDelays(store: WatermarkStore, delays: MetricDelays): WatermarkStore {
  return {
    async read() {
      const marks = await store.read();
      for (const [id, { delaySeconds }] of marks) {
        if (delaySeconds) delays.recall(id, delaySeconds);
      }
      return marks;
    },
    save(changed) {
      const withDelays = [...changed].map(([id, mark]) => {
        const delaySeconds = delays.measured(id);
        return [id, delaySeconds ? { ...mark, delaySeconds } : mark] as const;
      });
      return store.save(new Map(withDelays));
    },
    remove: (applicationId) => store.remove(applicationId),
  };
}
