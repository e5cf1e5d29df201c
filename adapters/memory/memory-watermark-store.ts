import type { WatermarkStore } from '#adapters/aws/dynamodb/dynamodb-watermark-store.ts';
import { mergeWatermarks, type Watermark } from '#adapters/aws/dynamodb/watermark.ts';

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
