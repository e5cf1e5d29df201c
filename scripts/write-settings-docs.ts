/** Writes docs/settings.md from the schemas of the settings: `npm run docs:settings`. */
import { writeFile } from 'node:fs/promises';
import { SETTINGS_PAGE, settingsPage } from './settings-page.ts';

const page = new URL(`../${SETTINGS_PAGE}`, import.meta.url);
await writeFile(page, await settingsPage());
