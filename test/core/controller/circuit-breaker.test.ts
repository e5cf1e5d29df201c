import { describe, expect, it } from 'vitest';
import {
  judgeForecast,
  NEW_BREAKER,
  type CircuitBreaker,
} from '#core/controller/circuit-breaker.ts';

const step = { shortageCost: 9, idleCost: 1, stepSeconds: 300 };

function judged(
  breaker: CircuitBreaker,
  steps: number,
  seen: { forecast: number; reactive: number; used: number },
): CircuitBreaker {
  let now = breaker;
  for (let k = 0; k < steps; k++) now = judgeForecast(now, { ...step, ...seen });
  return now;
}

describe('judgeForecast', () => {
  const short = { forecast: 2, reactive: 6, used: 4 };
  const right = { forecast: 5, reactive: 6, used: 4 };

  it('counts what was short at its price, and what reactive behaviour left short or idle', () => {
    const once = judgeForecast(NEW_BREAKER, { ...step, ...short });
    expect(once).toEqual({ shortageCost: 18, reactiveCost: 2, steps: 1, broken: false });
    expect(judgeForecast(NEW_BREAKER, { ...step, forecast: 9, reactive: 3, used: 4 })).toEqual({
      shortageCost: 0,
      reactiveCost: 9,
      steps: 1,
      broken: false,
    });
  });

  it('breaks after an hour of costly shortage, not before', () => {
    expect(judged(NEW_BREAKER, 11, short).broken).toBe(false);
    expect(judged(NEW_BREAKER, 14, short).broken).toBe(true);
  });

  it('comes back by itself once the forecast is right for long enough', () => {
    const broken = judged(NEW_BREAKER, 20, short);
    expect(judged(broken, 1, right).broken).toBe(true);
    expect(judged(broken, 288, right).broken).toBe(false);
  });

  it('does not break for instances held against a burst that does not come', () => {
    expect(judged(NEW_BREAKER, 2000, { forecast: 40, reactive: 2, used: 1 }).broken).toBe(false);
  });
});
