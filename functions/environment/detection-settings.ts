import type { DetectionConfiguration } from '#cdk/configuration/detection-schema.ts';
import type { CalendarEntry, DetectionSettings } from '#core/domain/settings.ts';
import { laidOver } from '#core/domain/laid-over.ts';

/** The defaults with what the deployment was told of monitoring laid over them. */
export function detectionSettings(
  told: DetectionConfiguration,
  defaults: DetectionSettings,
): DetectionSettings {
  const { minimumDeviation, missing, digest, absenceMinutes, calendar, ...others } = told;
  return {
    ...laidOver(defaults, others),
    minimumDeviation: laidOver(defaults.minimumDeviation, minimumDeviation),
    missing: laidOver(defaults.missing, missing),
    digest: laidOver(defaults.digest, digest),
    absenceSeconds: absenceMinutes === undefined ? defaults.absenceSeconds : absenceMinutes * 60,
    calendar: calendar?.map(entryOf) ?? defaults.calendar,
  };
}

type ToldEntry = NonNullable<DetectionConfiguration['calendar']>[number];

/** A group's name is its application's. */
const entryOf = ({ kind, group, from, to }: ToldEntry): CalendarEntry => ({
  kind,
  applicationId: group ?? null,
  fromSeconds: Date.parse(from) / 1000,
  toSeconds: Date.parse(to) / 1000,
});
