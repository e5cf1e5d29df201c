import { describe, expect, it } from 'vitest';
import { candidateName, compositionText, familyName, modelName } from '#core/text/model-name.ts';
import { DEFAULT_FAMILIES } from '#models/selection/train-model.ts';

const whole = (...members: string[]) => [{ first: 1, last: 288, members }];
const FAMILIES = [...DEFAULT_FAMILIES.map(({ name }) => name), 'lstm', 'lstm-tuned'];

describe('modelName', () => {
  it('names every family in words of its own', () => {
    const names = FAMILIES.map(familyName);
    expect(new Set(names).size).toBe(FAMILIES.length);
    names.forEach((name, k) => expect(name).not.toBe(FAMILIES[k]));
  });

  it('stays within 45 characters and free of commas for any two or three families', () => {
    for (const a of FAMILIES) {
      for (const b of FAMILIES) {
        for (const c of FAMILIES) {
          const name = modelName(whole(a, b, c));
          expect(name.length).toBeLessThanOrEqual(45);
          expect(name).not.toContain(',');
        }
      }
    }
  });

  it('names families that serve other parts of the horizon too, each once', () => {
    const composition = [
      { first: 1, last: 12, members: ['learned-pool'] },
      { first: 13, last: 288, members: ['linear-quantile', 'learned-pool', 'seasonal-naive-day'] },
    ];
    expect(modelName(composition)).toBe('mix of 3 (situations + trend + day)');
    expect(compositionText(composition)).toBe(
      'steps 1–12: learned-pool; 13–288: mean of linear-quantile, learned-pool, seasonal-naive-day',
    );
  });

  it('leaves out what makes the name too long', () => {
    const long = Array.from({ length: 6 }, (_, k) => `external-model-${k}`);
    expect(modelName(whole(...long))).toBe('mix of 6 (external-model-0 + …)');
    expect(modelName(whole('a'.repeat(50), 'b'))).toBe('mix of 2');
  });

  it('keeps the name of an external model, without its commas', () => {
    expect(familyName('mine, v2 (mine.onnx)')).toBe('mine  v2 (mine.onnx)');
  });
});

describe('candidateName', () => {
  it('takes the composition where there is one, else the family', () => {
    expect(candidateName({ model: 'arima' })).toBe('seasonal trend (ARIMA)');
    const composition = whole('arima', 'lstm');
    expect(candidateName({ model: 'arima&lstm', composition })).toBe('mix of 2 (ARIMA + LSTM)');
  });
});
