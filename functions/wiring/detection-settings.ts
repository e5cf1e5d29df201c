import type { DetectionConfiguration } from '#cdk/configuration/detection-schema.ts';
import type { CalendarEntry, DetectionSettings } from '#core/settings.ts';
import { defined } from './defined.ts';

/** The defaults with what the deployment was told of monitoring laid over them. */
export function detectionSettings(
  told: DetectionConfiguration,
  defaults: DetectionSettings,
): DetectionSettings {
  const { minimumDeviation, missing, digest, absenceMinutes, calendar, ...others } = told;
  return {
    ...defaults,
    ...defined(others),
    minimumDeviation: { ...defaults.minimumDeviation, ...defined(minimumDeviation) },
    missing: { ...defaults.missing, ...defined(missing) },
    digest: { ...defaults.digest, ...defined(digest) },
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
