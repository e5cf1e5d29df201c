import { z } from 'zod';
import { settingsFile } from '#core/domain/settings/settings-file.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { lookUpHolidays } from './look-up-holidays.ts';
import { readCalendar } from './read-calendar.ts';
import { readDocument } from './read-document.ts';

/**
 * The default settings, or a settings file laid over them, with what a calendar file expects and
 * with the days of all holidays in them.
 * @param calendar file of `--calendar`; its entries come after those of the settings.
 * @throws UsageError that names every fault of a file.
 */
export async function loadSettings(file: string | undefined, calendar?: string): Promise<Settings> {
  const settings = file === undefined ? DEFAULT_SETTINGS : await readDocument(file, settingsFile);
  const expected = calendar === undefined ? [] : await readCalendar(calendar);
  if (expected.length + settings.expect.length === 0) return settings;
  const all = [...settings.expect, ...expected];
  return { ...settings, expect: await lookUpHolidays(all) };
}

/** Whether a settings file, which was loaded before, names the step. */
export async function namesStep(file: string | undefined): Promise<boolean> {
  if (file === undefined) return false;
  return 'stepSeconds' in (await readDocument(file, z.looseObject({})));
}
