import type { WatermarkStore } from '#core/domain/ports.ts';
import { mergeWatermarks, type Watermark } from '#core/domain/watermark.ts';

/** Watermarks in the memory of this process. */
export function createMemoryWatermarkStore(): WatermarkStore {
  const marks = new Map<string, Watermark>();
  return {
    async read() {
      return new Map(marks);
    },
    async save(changed) {
      for (const [id, mark] of changed) {
        const stored = marks.get(id);
        marks.set(id, stored ? mergeWatermarks(stored, mark) : mark);
      }
    },
    async remove(applicationId) {
      marks.delete(applicationId);
    },
  };
}
