import type * as z from 'zod';
import type { expectEntry } from '#core/domain/settings/expect-settings.ts';
import { settingsSchema, type Settings } from '#core/domain/settings/settings.ts';

/** Settings that expect some entries, as a file would write them. */
export function expecting(
  expect: readonly z.input<typeof expectEntry>[],
  settings: Settings,
): Settings {
  return { ...settings, expect: settingsSchema.parse({ expect }).expect };
}

/** Settings in a time zone. */
export const inZone = (settings: Settings, timeZone: string): Settings => ({
  ...settings,
  detection: { ...settings.detection, timeZone },
});
