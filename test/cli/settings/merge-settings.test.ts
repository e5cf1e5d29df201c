import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/domain/settings.ts';
import { mergeSettings } from '#cli/settings/merge-settings.ts';
import { settingsSchema } from '#cli/settings/settings-schema.ts';

it('a settings file changes what it says and nothing else', () => {
  const file = settingsSchema.parse({
    training: { origins: 5 },
    allocation: { targetUtilization: { cpu: 0.5 }, defaultsByType: { web: { minInstances: 2 } } },
  });
  const merged = mergeSettings(DEFAULT_SETTINGS, file);
  const { training, allocation } = DEFAULT_SETTINGS;
  expect(merged).toEqual({
    ...DEFAULT_SETTINGS,
    training: { ...training, origins: 5 },
    allocation: {
      ...allocation,
      targetUtilization: { ...allocation.targetUtilization, cpu: 0.5 },
      defaultsByType: {
        ...allocation.defaultsByType,
        web: { ...allocation.defaultsByType['web'], minInstances: 2 },
      },
    },
  });
});

it('a type that a file adds starts from the defaults of unknown types', () => {
  const file = settingsSchema.parse({
    allocation: { defaultsByType: { gpu: { instanceCapacity: { cpu: 64 } } } },
  });
  const { defaultsByType } = mergeSettings(DEFAULT_SETTINGS, file).allocation;
  const fallback = DEFAULT_SETTINGS.allocation.defaultsByType['default']!;
  expect(defaultsByType['gpu']).toEqual({
    ...fallback,
    instanceCapacity: { ...fallback.instanceCapacity, cpu: 64 },
  });
});

it('an empty file changes nothing', () => {
  expect(mergeSettings(DEFAULT_SETTINGS, settingsSchema.parse({}))).toEqual(DEFAULT_SETTINGS);
});

it('the defaults themselves make a valid file', () => {
  const result = settingsSchema.safeParse(structuredClone(DEFAULT_SETTINGS));
  expect(result.error?.issues).toBeUndefined();
});
