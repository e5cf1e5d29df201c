import { describe, expect, it } from 'vitest';
import { deviation } from '#core/detection/incidents/deviation.ts';

const expected = { lower: 8, median: 10, upper: 12 };
const limits = { minimumRelativeDeviation: 0.2, minimumSeverity: 1, usualLevel: 10 };

describe('deviation', () => {
  it('measures the distance outside in half widths of the interval', () => {
    expect(deviation(18, expected, limits)).toEqual({ direction: 'above', severity: 3 });
    expect(deviation(4, expected, limits)).toEqual({ direction: 'below', severity: 2 });
  });

  it('ignores values inside or only just outside', () => {
    const none = { direction: null, severity: 0 };
    expect(deviation(12, expected, limits)).toEqual(none);
    expect(deviation(13.9, expected, limits)).toEqual(none);
    expect(deviation(14, expected, limits)).toEqual({ direction: 'above', severity: 1 });
    const eager = { ...limits, minimumSeverity: 0 };
    expect(deviation(13, expected, eager)).toEqual({ direction: 'above', severity: 0.5 });
  });

  it('ignores deviations that are small beside the expected or the usual value', () => {
    const exact = { lower: 10, median: 10, upper: 10 };
    expect(deviation(11.9, exact, limits).direction).toBeNull();
    expect(deviation(12.1, exact, limits).direction).toBe('above');
    const night = { lower: 0, median: 0, upper: 0 };
    expect(deviation(0.19, night, limits).direction).toBeNull();
    expect(deviation(0.21, night, limits).direction).toBe('above');
  });

  it('limits the severity of one absurd value', () => {
    expect(deviation(1e12, expected, limits).severity).toBe(100);
  });
});
