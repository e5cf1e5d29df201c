import { describe, expect, it } from 'vitest';
import { verdictOf } from '#evaluation/service/verdict.ts';

const summary = (instanceHours: number, unservedDemand: number, shortSteps: number) => ({
  instanceHours,
  unservedDemand,
  shortSteps,
});

const present = summary(1000, 0.01, 0.02);
const judged = (...figures: Parameters<typeof summary>) =>
  Object.values(verdictOf(summary(...figures), present, 0.001)).join(' ');

describe('verdictOf', () => {
  it('says what it costs', () => {
    expect(judged(998, 0.01, 0.02)).toBe('lower same');
    expect(judged(999.5, 0.01, 0.02)).toBe('same same');
    expect(judged(1002, 0.01, 0.02)).toBe('higher same');
  });

  it('is worse where demand or time is, whatever the other does', () => {
    expect(judged(1000, 0.012, 0.01)).toBe('same worse');
    expect(judged(1000, 0.001, 0.022)).toBe('same worse');
  });

  it('is better where one is better and none is worse', () => {
    expect(judged(1000, 0.008, 0.0205)).toBe('same better');
    expect(judged(1000, 0.0095, 0.015)).toBe('same better');
  });
});
