import { describe, expect, it } from 'vitest';
import { createAlarmThreshold } from '#core/detection/metric/alarm-threshold.ts';
import { createDetectorMemory } from '#core/detection/metric/detector-memory.ts';
import { createRandom } from '#core/domain/random.ts';

const ROWS_PER_DAY = 288;
const WEEK_ROWS = 7 * ROWS_PER_DAY;

/** Weeks of single strange rows, `perWeek` on average, with the mean excess `excess` beyond 0.5. */
function lived(weeks: number, perWeek: number, excess: number, seed = 1) {
  const threshold = createAlarmThreshold(createDetectorMemory(new Uint8Array(56)));
  const random = createRandom(seed);
  const severities = Array.from({ length: weeks * WEEK_ROWS }, () => {
    const isStrange = random() < perWeek / WEEK_ROWS;
    return isStrange ? 0.5 - excess * Math.log(1 - random()) : 0;
  });
  for (const severity of severities) threshold.learn(severity, ROWS_PER_DAY);
  return { threshold, severities };
}

describe('createAlarmThreshold', () => {
  it('falls as more alerts are accepted', () => {
    const { threshold } = lived(4, 3, 0.7);
    const thresholds = [0.01, 0.05, 0.15, 0.7, 2, 10].map((rate) => threshold.at(rate));
    for (let k = 1; k < thresholds.length; k++) {
      expect(thresholds[k]).toBeLessThanOrEqual(thresholds[k - 1]!);
    }
  });

  it('is exceeded about as often as accepted, if the metric continues as before', () => {
    for (const perWeek of [2, 6]) {
      const { threshold } = lived(20, perWeek, 0.7);
      const later = lived(200, perWeek, 0.7, 2).severities;
      for (const rate of [0.15, 0.7]) {
        const alarms = later.filter((severity) => severity >= threshold.at(rate)).length / 200;
        expect(alarms).toBeGreaterThan(rate / 3);
        expect(alarms).toBeLessThan(rate * 3);
      }
    }
  });

  it('is higher for a restless metric than for a calm one, and learns nothing in the first week', () => {
    expect(lived(8, 10, 1).threshold.at(0.7)).toBeGreaterThan(lived(8, 0.2, 1).threshold.at(0.7));
    const usual = createAlarmThreshold(createDetectorMemory(new Uint8Array(56))).at(0.7);
    const first = createAlarmThreshold(createDetectorMemory(new Uint8Array(56)));
    for (let row = 0; row < WEEK_ROWS - 1; row++) first.learn(3, ROWS_PER_DAY);
    expect(first.at(0.7)).toBe(usual);
  });
});
