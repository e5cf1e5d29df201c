import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASIC, createMetricLog, DETAILED } from '#evaluation/account/metric-log.ts';

const range = { fromSeconds: 0, toSeconds: 3600 };

function filled(rules = DETAILED, minutes = 60) {
  const log = createMetricLog(rules, minutes);
  for (let minute = 0; minute < minutes; minute++) {
    log.record(minute * 60, { utilization: minute / 100, instances: 2 });
  }
  return log;
}

describe('the metrics of a simulated group', () => {
  it('counts a sample a minute and instance with detailed monitoring', () => {
    const [period] = filled().read({ ...range, periodSeconds: 300, nowSeconds: 7200 });
    expect(period).toMatchObject({ startSeconds: 0, samples: 10, instances: 2 });
    expect(period!.utilization).toBeCloseTo(0.02, 12);
  });

  it('counts one of five minutes with basic monitoring', () => {
    const periods = filled(BASIC).read({ ...range, periodSeconds: 300, nowSeconds: 7200 });
    expect(periods[0]).toMatchObject({ samples: 2 });
    expect(periods).toHaveLength(12);
  });

  it('holds what is there of a period that is not complete', () => {
    const read = (nowSeconds: number) =>
      filled()
        .read({ ...range, periodSeconds: 300, nowSeconds })
        .at(-1);
    // Two minutes after a minute ended it can be read.
    expect(read(179)).toBeUndefined();
    expect(read(180)).toMatchObject({ startSeconds: 0, samples: 2, utilization: 0 });
    expect(read(240)).toMatchObject({ startSeconds: 0, samples: 4, utilization: 0.005 });
    expect(read(420)).toMatchObject({ startSeconds: 0, samples: 10 });
  });

  it('does not tell the number of instances without group metrics', () => {
    const log = filled({ ...DETAILED, hasGroupMetrics: false });
    const [period] = log.read({ ...range, periodSeconds: 60, nowSeconds: 7200 });
    expect(period!.instances).toBeNull();
  });

  it('never changes a period that is complete', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 0, max: 3600 }),
        (at, later) => {
          for (const rules of [DETAILED, BASIC]) {
            const complete = (at + 1) * 300 + rules.delaySeconds;
            const read = (nowSeconds: number) =>
              filled(rules)
                .read({ ...range, periodSeconds: 300, nowSeconds })
                .find(({ startSeconds }) => startSeconds === at * 300);
            expect(read(complete + later)).toEqual(read(complete));
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
