import { describe, expect, it, test } from 'vitest';
import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import { settingsFile } from '#core/domain/settings/settings-file.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '#core/domain/settings/settings.ts';
import { FALLBACK_TYPE } from '#core/domain/settings/type-defaults.ts';

const read = (file: unknown) => settingsFile.parse(file);

/** Faults of a file, as `path: message`. */
const faults = (file: unknown): string[] =>
  settingsFile
    .safeParse(file)
    .error!.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a settings file', () => {
  it('changes what it says and nothing else', () => {
    const { training, allocation, detection } = DEFAULT_SETTINGS;
    expect(
      read({
        training: { origins: 5 },
        allocation: {
          targetUtilization: { cpu: 0.5 },
          defaultsByType: { web: { minInstances: 2 } },
        },
        detection: { digest: { critical: ['shop'] } },
      }),
    ).toEqual({
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
      detection: { ...detection, digest: { ...detection.digest, critical: ['shop'] } },
    });
  });

  it('changes nothing when it is empty', () => {
    expect(read({})).toEqual(DEFAULT_SETTINGS);
    expect(read({ training: {}, allocation: { defaultsByType: {} } })).toEqual(DEFAULT_SETTINGS);
  });

  it('may say the defaults', () => {
    expect(read(structuredClone(DEFAULT_SETTINGS))).toEqual(DEFAULT_SETTINGS);
  });

  it('starts a type that it adds from the fallback', () => {
    const { defaultsByType } = read({
      allocation: { defaultsByType: { gpu: { instanceCapacity: { cpu: 64 } } } },
    }).allocation;
    const fallback = DEFAULT_SETTINGS.allocation.defaultsByType[FALLBACK_TYPE]!;
    expect(defaultsByType['gpu']).toEqual({
      ...fallback,
      instanceCapacity: { ...fallback.instanceCapacity, cpu: 64 },
    });
  });

  it('may use the former name of the warm-up, but not both names', () => {
    expect(read({ allocation: { bootSeconds: 120 } }).allocation.warmUpSeconds).toBe(120);
    expect(faults({ allocation: { bootSeconds: -1 } })).toEqual([
      'allocation.warmUpSeconds: must be a number from 0 to 86400, not -1',
    ]);
    expect(faults({ allocation: { bootSeconds: 120, warmUpSeconds: 60 } })).toEqual([
      expect.stringContaining('unknown key "bootSeconds"'),
    ]);
  });

  it('turns the instants of a calendar into seconds', () => {
    const entry = { kind: 'mute', from: '2026-12-24T18:00:00+01:00', to: '2026-12-25T00:00:00Z' };
    expect(read({ detection: { calendar: [entry] } }).detection.calendar).toEqual([
      {
        kind: 'mute',
        applicationId: null,
        fromSeconds: Date.UTC(2026, 11, 24, 17) / 1000,
        toSeconds: Date.UTC(2026, 11, 25) / 1000,
      },
    ]);
  });
});

describe('a fault of a settings file', () => {
  test.each([
    [{ allocation: { bootSeconds: 1e9 } }, 'allocation.warmUpSeconds: ', '86400'],
    [{ training: { horizon: 1e6 } }, 'training.horizon: ', '10080'],
    [
      { allocation: { defaultsByType: { web: { maxInstances: 1e9 } } } },
      'allocation.defaultsByType.web.maxInstances: ',
      '10000',
    ],
    [
      { allocation: { targetUtilization: { cpu: 0 } } },
      'allocation.targetUtilization.cpu: ',
      '0.01',
    ],
    [
      { allocation: { defaultsByType: { web: { minInstances: 9, maxInstances: 3 } } } },
      'allocation.defaultsByType.web: ',
      'minInstances 9 is above maxInstances 3',
    ],
    [
      // The maximum that is not written is the default's.
      { allocation: { defaultsByType: { gpu: { minInstances: 60 } } } },
      'allocation.defaultsByType.gpu: ',
      'minInstances 60 is above maxInstances 48',
    ],
    [{ allocation: { overThreshold: 0.2 } }, 'allocation.underThreshold: ', 'overThreshold'],
    [{ detection: { lowerLevel: 0.99 } }, 'detection.lowerLevel: ', 'upperLevel'],
    [{ detection: { m: 6 } }, 'detection.m: ', 'n, which is 5'],
    [{ training: { levels: [0.5, 0.5] } }, 'training.levels: ', 'must increase'],
    [{ stepSeconds: 0.5 }, 'stepSeconds: ', 'a whole number from 1 to 86400, not 0.5'],
    [{ resources: ['gpu'] }, 'resources.0: ', 'one of cpu, memory, disk, network, not "gpu"'],
  ])('is one line with its place and the bound: %j', (file, place, bound) => {
    const [fault, ...others] = faults(file);
    expect(others).toEqual([]);
    expect(fault).not.toContain('\n');
    expect(fault!.startsWith(place), fault).toBe(true);
    expect(fault).toContain(bound);
  });

  it('does not hide the others', () => {
    expect(
      faults({ training: { horizon: 0 }, detection: { m: 'three' }, clustering: { size: 4 } }),
    ).toEqual([
      'training.horizon: must be a whole number from 1 to 10080, not 0',
      'detection.m: must be a whole number from 1 to 1000, not "three"',
      expect.stringMatching(/^clustering: unknown key "size"; there are maxClusters, /),
    ]);
  });

  it('does not hide a fault between two keys of another type', () => {
    expect(
      faults({
        allocation: {
          defaultsByType: { web: { maxInstances: 0 }, batch: { minInstances: 9, maxInstances: 3 } },
        },
      }),
    ).toEqual([
      'allocation.defaultsByType.web.maxInstances: must be a whole number from 1 to 10000, not 0',
      'allocation.defaultsByType.batch: minInstances 9 is above maxInstances 3',
    ]);
  });

  it('names the key that may have been meant', () => {
    expect(faults({ trainning: {} })).toEqual([
      ': unknown key "trainning"; did you mean "training"?',
    ]);
    expect(faults({ allocation: { warmupSeconds: 60 } })).toEqual([
      'allocation: unknown key "warmupSeconds"; did you mean "warmUpSeconds"?',
    ]);
  });
});

test('the bounds themselves are allowed', () => {
  expect(() =>
    settingsSchema.parse({
      training: { horizon: 10_080 },
      allocation: { warmUpSeconds: 0, targetUtilization: { cpu: 0.01, memory: 1 } },
    }),
  ).not.toThrow();
});

describe.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('the name %s', (name) => {
  // As JSON.parse reads a file: `{ __proto__: … }` in a program would set the prototype.
  const named = (value: unknown): unknown =>
    JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

  test('is a type like any other', () => {
    const { allocation } = read({
      allocation: { defaultsByType: named({ minInstances: 3, instanceCapacity: { cpu: 8 } }) },
    });
    expect(defaultsOfType(name, allocation)).toMatchObject({
      minInstances: 3,
      instanceCapacity: { cpu: 8 },
    });
    expect(defaultsOfType(name, DEFAULT_SETTINGS.allocation)).toEqual(
      DEFAULT_SETTINGS.allocation.defaultsByType[FALLBACK_TYPE],
    );
    expect(Object.keys(allocation.defaultsByType)).toContain(name);
  });

  test('may have a time zone', () => {
    const { timeZones } = read({ detection: { timeZones: named('Europe/Berlin') } }).detection;
    expect(Object.entries(timeZones)).toEqual([[name, 'Europe/Berlin']]);
  });

  test('is named where its settings are wrong', () => {
    expect(faults({ allocation: { defaultsByType: named({ minInstances: -1 }) } })).toEqual([
      `allocation.defaultsByType.${name}.minInstances: must be a whole number from 0 to 10000, not -1`,
    ]);
  });
});
