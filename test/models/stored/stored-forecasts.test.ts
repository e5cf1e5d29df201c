import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { decodeDefinition } from '#models/definition/model-definition.ts';
import { definedModel } from '#models/stored/defined-model.ts';

interface StoredForecast {
  readonly name: string;
  readonly shape: ForecastShape;
  readonly originSeconds: number;
  readonly definition: string;
  readonly history: readonly number[];
  readonly forecast: readonly number[];
}

const stored = JSON.parse(
  readFileSync('test/models/stored/stored-forecasts.json', 'utf8'),
) as readonly StoredForecast[];

/**
 * Definitions lie in stores for as long as their models are in use. Code that makes other forecasts
 * of the same definition has to raise DEFINITION_VERSION; scripts/write-stored-forecasts.ts then
 * writes the file anew.
 */
describe('a definition of an earlier day', () => {
  it('is there for every family', () => {
    const families = stored.map(
      ({ definition }) => /"family":"([\w-]+)"/.exec(definition)?.[1] ?? '',
    );
    expect([...new Set(families)].toSorted()).toEqual([
      'arima',
      'exponential-smoothing',
      'harmonic-arima',
      'horizon-mixture',
      'learned-pool',
      'linear-quantile',
      'lstm',
      'quantile-mixture',
      'seasonal-autoregression',
      'seasonal-naive',
    ]);
  });

  it.each(stored.map((one, k) => [`${one.name} ${k}`, one] as const))(
    'forecasts what it did: %s',
    (_, { name, shape, originSeconds, definition, history, forecast }) => {
      const read = decodeDefinition(definition)!;
      const model = definedModel(name, shape, read.definition);
      const found = model.forecast(Float64Array.from(history), originSeconds);
      expect(found).toHaveLength(forecast.length);
      forecast.forEach((expected, k) =>
        expect(Math.abs(found[k]! - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected)),
      );
    },
  );
});
