import { describe, expect, it } from 'vitest';
import { functionEnvironmentSchema } from '#cdk/configuration/function-environment.ts';
import { parseConfiguration } from '#cdk/configuration/parse-configuration.ts';
import { expectedEvents } from '#core/expectation/expected-events.ts';
import { readEnvironment } from '#functions/environment/read-environment.ts';
import { settingsOf } from '#functions/environment/settings-of.ts';

const SALE = { name: 'sale', days: ['2026-11-27'], times: 1.5, groups: ['shop'] };

describe('what a deployment expects', () => {
  it('reaches the functions, for the groups that it names', () => {
    const { mode, groups, horizonSteps, costs, defaultsByType, detection, ...others } =
      parseConfiguration({ expect: [SALE] }, 'test');
    const told = { mode, groups, horizonSteps, costs, defaultsByType, detection };
    const { FOREPRINT_CONFIGURATION: read } = readEnvironment(functionEnvironmentSchema, {
      FOREPRINT_CONFIGURATION: JSON.stringify({
        ...told,
        expect: others.expect,
        historyDays: others.retention.historyDays,
      }),
    });
    const day = {
      fromSeconds: Date.parse('2026-11-27T00:00Z') / 1000,
      toSeconds: Date.parse('2026-11-28T00:00Z') / 1000,
    };
    const timesOf = (applicationId: string) =>
      expectedEvents(settingsOf(read), { applicationId, knownAtSeconds: 0 }, day).map(
        ({ times }) => times,
      );
    expect(timesOf('shop')).toEqual([1.5]);
    expect(timesOf('mail')).toEqual([]);
  });

  it('is refused with holidays, which no function looks up, and where it does not fit', () => {
    expect(() => parseConfiguration({ expect: [{ holidays: 'US' }] }, 'x.json')).toThrow(
      /expect\.0: unknown key "holidays"/,
    );
    const many = Array.from({ length: 60 }, (_, k) => ({ ...SALE, name: `sale ${k}` }));
    expect(() => parseConfiguration({ expect: many }, 'x.json')).toThrow(/must not exceed/);
  });
});
