import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings.ts';
import { mergeSettings } from './merge-settings.ts';
import { readDocument } from './read-document.ts';
import { settingsSchema } from './settings-schema.ts';

/**
 * The default settings, or a settings file laid over them.
 * @throws UsageError that names every fault of the file.
 */
export async function loadSettings(file: string | undefined): Promise<Settings> {
  if (file === undefined) return DEFAULT_SETTINGS;
  return mergeSettings(DEFAULT_SETTINGS, await readDocument(file, settingsSchema));
}
