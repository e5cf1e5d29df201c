import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '#cdk/configuration/parse-configuration.ts';
import { readConfiguration } from '#cdk/read-configuration.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { temporaryApp } from './synthesise.ts';

describe('the configuration', () => {
  test('observes only by default', () => {
    expect(parseConfiguration({}, 'test')).toMatchObject({
      mode: 'observe',
      historyStore: 'dynamodb',
      schedules: { ingestMinutes: 5 },
    });
  });

  test('names every fault in one message', () => {
    expect(() =>
      parseConfiguration(
        { mode: 'all', emails: ['nobody'], horizon: 3, retention: { logDays: 8 } },
        'x.json',
      ),
    ).toThrow(/^x\.json: (?=.*mode: )(?=.*emails\.0: )(?=.*horizon)(?=.*retention\.logDays: )/);
  });

  test('rejects defaults that do not fit into a function’s environment', () => {
    const defaultsByType = Object.fromEntries(
      Array.from({ length: 200 }, (_, k) => [`type-${k}`, { minInstances: k }]),
    );
    expect(() => parseConfiguration({ defaultsByType }, 'x.json')).toThrow(/defaultsByType/);
  });

  test('rejects values beyond the bounds of the settings', () => {
    expect(() =>
      parseConfiguration(
        {
          horizonSteps: 4032,
          costs: { shortage: 0 },
          defaultsByType: { web: { maxInstances: 1e9 }, gpu: { minInstances: 60 } },
          detection: { absenceMinutes: -1, warningPerWeek: 1 },
        },
        'x.json',
      ),
    ).toThrow(
      new RegExp(
        [
          'horizonSteps: must be at most 2016',
          'costs\\.shortage: must be a number above 0, at most 1000000, not 0',
          'defaultsByType\\.web\\.maxInstances: must be a whole number from 1 to 10000',
          'detection\\.absenceMinutes: must be a number from 0 to 525600, not -1',
          'detection: unknown key "warningPerWeek"; did you mean "warningsPerWeek"\\?',
        ]
          .map((fault) => `(?=.*${fault})`)
          .join(''),
      ),
    );
    expect(() =>
      parseConfiguration({ defaultsByType: { gpu: { minInstances: 60 } } }, 'x.json'),
    ).toThrow('x.json: defaultsByType.gpu: minInstances 60 is above maxInstances 48');
  });

  test('stores only the configured monitoring settings, because a function’s environment is small', () => {
    const detection = { missing: { cpu: 'zero' }, digest: { critical: ['shop'] } };
    expect(parseConfiguration({ detection }, 'x.json').detection).toEqual(detection);
    expect(parseConfiguration({}, 'x.json').detection).toEqual({});
  });

  test('rejects schedules that monitoring cannot follow', () => {
    const detection = {
      timeZone: 'Mars/Base',
      missing: { cpu: 'maybe' },
      calendar: [
        { kind: 'mute', from: '2026-12-24', to: '2026-12-25T00:00:00Z' },
        { kind: 'mute', from: '2026-12-26T00:00:00Z', to: '2026-12-25T00:00:00Z' },
      ],
    };
    expect(() => parseConfiguration({ detection }, 'x.json')).toThrow(
      /(?=.*detection\.timeZone: )(?=.*missing\.cpu: )(?=.*calendar\.0\.from: )(?=.*calendar\.1: )/,
    );
    const day = { from: '2026-12-25T00:00:00Z', to: '2026-12-26T00:00:00Z' };
    const calendar = Array.from({ length: 40 }, () => ({ kind: 'holiday', ...day }));
    expect(() => parseConfiguration({ detection: { calendar } }, 'x.json')).toThrow(/detection: /);
  });

  test('comes from the context, and one value selects the history store', () => {
    const { node } = temporaryApp({
      foreprint: { mode: 'scale-out' },
      historyStore: 'timestream',
    });
    expect(readConfiguration(node)).toMatchObject({
      mode: 'scale-out',
      historyStore: 'timestream',
    });
  });

  test('accepts the former name of scale-out', () => {
    expect(parseConfiguration({ mode: 'floor' }, 'x.json').mode).toBe('scale-out');
  });

  test('comes from a file if one is named', async () => {
    const file = path.join(await temporaryDirectory(), 'foreprint.json');
    writeFileSync(file, JSON.stringify({ mode: 'full' }));
    expect(readConfiguration(temporaryApp({ config: file }).node).mode).toBe('full');
    writeFileSync(file, '{');
    const { node } = temporaryApp({ config: file });
    expect(() => readConfiguration(node)).toThrow(file);
  });
});
