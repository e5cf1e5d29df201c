import { expect, test } from 'vitest';
import { functionEnvironmentSchema } from '#cdk/configuration/function-environment.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { readEnvironment, required } from '#functions/environment/read-environment.ts';
import { settingsOf } from '#functions/environment/settings-of.ts';

const read = (variables: Readonly<Record<string, string | undefined>>) =>
  readEnvironment(functionEnvironmentSchema, variables);

const configuration = {
  mode: 'scale-out',
  groups: [],
  horizonSteps: 144,
  historyDays: 90,
  costs: { shortage: 4, idle: 1 },
  defaultsByType: { web: { minInstances: 3, allocation: { cpu: 9 } }, game: { maxInstances: 7 } },
};

const variables = { FOREPRINT_CONFIGURATION: JSON.stringify(configuration) };

test('settings are the engine’s defaults under what the deployment was told', () => {
  const { FOREPRINT_CONFIGURATION } = read(variables);
  const { training, allocation, detection } = settingsOf(FOREPRINT_CONFIGURATION);
  expect(training.horizon).toBe(144);
  expect(allocation.shortageCost).toBe(4);
  const { web, game } = allocation.defaultsByType;
  const known = DEFAULT_SETTINGS.allocation.defaultsByType;
  expect(web).toMatchObject({ minInstances: 3, allocation: { cpu: 9 } });
  expect(web?.allocation.memory).toBe(known['web']?.allocation.memory);
  expect(game).toEqual({ ...known['default'], maxInstances: 7 });
  expect(detection).toEqual(DEFAULT_SETTINGS.detection);
});

test('a wrong environment names every fault', () => {
  expect(() => read({ FOREPRINT_HISTORY_STORE: 'files' })).toThrow(
    /(?=.*FOREPRINT_CONFIGURATION)(?=.*FOREPRINT_HISTORY_STORE)/,
  );
  expect(() => read({ FOREPRINT_CONFIGURATION: '{' })).toThrow(/is not JSON/);
  expect(() => required(read(variables), 'FOREPRINT_TABLE')).toThrow('FOREPRINT_TABLE is not set');
});

test('what the deployment was told of monitoring lies over the defaults', () => {
  const told = {
    warningsPerWeek: 2,
    direction: 'above',
    minimumDeviation: { cpu: 0.5 },
    missing: { network: 'breach' },
    absenceMinutes: 0,
    timeZone: 'Europe/Berlin',
    timeZones: { shop: 'Asia/Tokyo' },
    calendar: [
      {
        kind: 'mute',
        group: 'shop',
        from: '2026-12-24T18:00:00+01:00',
        to: '2026-12-25T00:00:00Z',
      },
      { kind: 'holiday', from: '2026-12-25T00:00:00Z', to: '2026-12-27T00:00:00Z' },
    ],
    digest: { critical: ['shop'] },
  };
  const environment = {
    FOREPRINT_CONFIGURATION: JSON.stringify({ ...configuration, detection: told }),
  };
  const { detection } = settingsOf(read(environment).FOREPRINT_CONFIGURATION);
  const known = DEFAULT_SETTINGS.detection;
  const evening = Date.UTC(2026, 11, 24, 17) / 1000;
  const midnight = Date.UTC(2026, 11, 25) / 1000;
  expect(detection).toEqual({
    ...known,
    warningsPerWeek: 2,
    direction: 'above',
    minimumDeviation: { ...known.minimumDeviation, cpu: 0.5 },
    missing: { ...known.missing, network: 'breach' },
    absenceSeconds: 0,
    timeZone: 'Europe/Berlin',
    timeZones: { shop: 'Asia/Tokyo' },
    calendar: [
      { kind: 'mute', applicationId: 'shop', fromSeconds: evening, toSeconds: midnight },
      {
        kind: 'holiday',
        applicationId: null,
        fromSeconds: midnight,
        toSeconds: midnight + 2 * 86_400,
      },
    ],
    digest: { ...known.digest, critical: ['shop'] },
  });
});
