import { describe, expect, it } from 'vitest';
import { instanceSize } from '#cli/options/instance-size.ts';
import {
  currencyCode,
  detailLevel,
  knobList,
  positiveNumber,
  warmUpMinutes,
} from '#cli/options/replay-options.ts';

const problem = (result: { error?: { issues: readonly { message: string }[] } | undefined }) =>
  result.error?.issues[0]?.message;

describe('knobList', () => {
  it('reads settings by policy', () => {
    const knobs = knobList.parse('foreprint=0.8,0.9; vpa=0.95');
    expect([...knobs]).toEqual([
      ['foreprint', [0.8, 0.9]],
      ['vpa', [0.95]],
    ]);
  });

  it('names invalid values', () => {
    expect(problem(knobList.safeParse('magic=1'))).toContain('unknown "magic"');
    expect(problem(knobList.safeParse('foreprint=1'))).toContain('quantiles between 0 and 1');
    expect(problem(knobList.safeParse('vpa='))).toContain('unusable ""');
    expect(problem(knobList.safeParse(''))).toContain('names none');
  });
});

describe('instanceSize', () => {
  it('reads amounts with units', () => {
    expect(instanceSize.parse('cpu=4000m, memory=16Gi,network=1.5M')).toEqual({
      cpu: 4,
      memory: 16 * 2 ** 30,
      network: 1.5e6,
    });
  });

  it('names invalid values', () => {
    for (const wrong of ['cpu=0', 'gpu=1', 'cpu', 'memory=3Tb', 'm5.large']) {
      expect(problem(instanceSize.safeParse(wrong))).toContain(`unusable "${wrong}"`);
    }
  });
});

describe('positiveNumber', () => {
  it('accepts only numbers above 0', () => {
    expect(positiveNumber.parse('0.096')).toBe(0.096);
    for (const wrong of ['0', '-1', '', 'free']) {
      expect(problem(positiveNumber.safeParse(wrong))).toContain('not a number above 0');
    }
  });
});

describe('warmUpMinutes', () => {
  it('takes what the settings take', () => {
    expect(warmUpMinutes.parse('2.5')).toBe(2.5);
    expect(warmUpMinutes.parse('1440')).toBe(1440);
    expect(problem(warmUpMinutes.safeParse('1440.5'))).toBe('must be at most 1440');
    expect(problem(warmUpMinutes.safeParse('0'))).toContain('not a number above 0');
  });
});

describe('what the report shows', () => {
  it('reads how many applications get a section', () => {
    expect(detailLevel.parse('all')).toBe('all');
    expect(detailLevel.parse('top:20')).toEqual({ top: 20 });
    expect(problem(detailLevel.safeParse('20'))).toContain('expected top:N, all or none');
    expect(problem(detailLevel.safeParse('top:0'))).toContain('unusable "top:0"');
  });

  it('reads codes of currencies', () => {
    expect(currencyCode.parse('eur')).toBe('EUR');
    expect(problem(currencyCode.safeParse('euro'))).toContain('ISO 4217');
  });
});
