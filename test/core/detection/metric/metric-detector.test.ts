import { describe, expect, it } from 'vitest';
import { createMetricDetector } from '#core/detection/metric/metric-detector.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';

const STEP = 300;
const FAULT_ROWS = 36;
const AT = 4000;

/**
 * Largest severity of the rows with the fault, its causes, and the largest severity of the week
 * before.
 */
function judge(usual: (noise: number) => number, fault: (last: number, age: number) => number) {
  const detector = createMetricDetector();
  const random = createRandom(3);
  let [last, largest, before] = [0, 0, 0];
  let causes: readonly string[] = [];
  for (let row = 0; row < AT + FAULT_ROWS; row++) {
    const value = row < AT ? usual(standardNormal(random)) : fault(last, row - AT);
    if (row < AT) last = value;
    const { severity } = detector.score(row * STEP, value);
    if (row < AT) before = row < AT - 2016 ? 0 : Math.max(before, severity);
    else if (severity > largest) [largest, causes] = [severity, detector.causes()];
  }
  return { largest, causes, before };
}

/** Mostly near 5, with upward bursts as in the usage of a machine. */
const bursty = (noise: number): number => 5 + 0.3 * noise + (noise > 1.5 ? 20 * (noise - 1.5) : 0);

describe('createMetricDetector', () => {
  it('detects a standstill of a metric whose values never repeat', () => {
    const { largest, causes, before } = judge(bursty, (last) => last);
    expect(largest).toBeGreaterThan(before + 3);
    expect(causes).toContain('still');
  });

  it('ignores repeated values where they are usual, and where usage is almost nothing', () => {
    const rounded = (noise: number): number => 5 + Math.round(0.2 * noise);
    expect(judge(rounded, () => 5).causes).not.toContain('still');
    expect(judge(bursty, () => 0).causes).not.toContain('still');
    expect(judge(bursty, () => 0.01).causes).not.toContain('still');
  });

  it('detects a collapse of usage that is small beside the upward bursts', () => {
    const { largest, causes, before } = judge(bursty, (_, age) => 0.05 + 0.001 * age);
    expect(largest).toBeGreaterThan(before + 3);
    expect(causes).toContain('collapse');
  });
});
