import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SETTINGS_PAGE, settingsPage } from '../scripts/settings-page.ts';

test('docs/settings.md says what the schemas say; `npm run docs:settings` writes it anew', async () => {
  const page = new URL(`../${SETTINGS_PAGE}`, import.meta.url);
  expect(await readFile(page, 'utf8')).toBe(await settingsPage());
});
