import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/settings.ts';
import { readEnvironment, required } from '#functions/wiring/read-environment.ts';
import { settingsOf } from '#functions/wiring/settings-of.ts';

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
  const { FOREPRINT_CONFIGURATION } = readEnvironment(variables);
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
  expect(() => readEnvironment({ FOREPRINT_HISTORY_STORE: 'files' })).toThrow(
    /(?=.*FOREPRINT_CONFIGURATION)(?=.*FOREPRINT_HISTORY_STORE)/,
  );
  expect(() => readEnvironment({ FOREPRINT_CONFIGURATION: '{' })).toThrow(/is not JSON/);
  expect(() => required(readEnvironment(variables), 'FOREPRINT_TABLE')).toThrow(
    'FOREPRINT_TABLE is not set',
  );
});
