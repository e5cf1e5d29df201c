import { z } from 'zod';
import { settingsFile } from '#core/domain/settings/settings-file.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { readDocument } from './read-document.ts';

/**
 * The default settings, or a settings file laid over them.
 * @throws UsageError that names every fault of the file.
 */
export async function loadSettings(file: string | undefined): Promise<Settings> {
  return file === undefined ? DEFAULT_SETTINGS : readDocument(file, settingsFile);
}

/** Whether a settings file, which was loaded before, names the step. */
export async function namesStep(file: string | undefined): Promise<boolean> {
  if (file === undefined) return false;
  return 'stepSeconds' in (await readDocument(file, z.looseObject({})));
}
