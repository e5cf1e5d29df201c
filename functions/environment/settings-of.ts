import type { FunctionConfiguration } from '#cdk/configuration/function-environment.ts';
import { settingsSchema, type Settings } from '#core/domain/settings/settings.ts';

/** The engine's settings: its defaults with what the deployment was told laid over them. */
export function settingsOf(configuration: FunctionConfiguration): Settings {
  const { horizonSteps, costs, defaultsByType, expect } = configuration;
  const { absenceMinutes, calendar, ...detection } = configuration.detection;
  return settingsSchema.parse({
    training: { horizon: horizonSteps },
    allocation: { shortageCost: costs.shortage, idleCost: costs.idle, defaultsByType },
    detection: {
      ...detection,
      absenceSeconds: absenceMinutes === undefined ? undefined : absenceMinutes * 60,
      // A group's name is its application's.
      calendar: calendar?.map(({ group, ...entry }) => ({ ...entry, applicationId: group })),
    },
    expect: expect.map(({ groups, ...entry }) => ({ ...entry, applications: groups })),
  });
}
