import { readFile } from 'node:fs/promises';
import type { ClientBundle } from './bundle-client.ts';

const FILE = new URL('../../dist/lib/report-client.json', import.meta.url);

/**
 * Takes the place of `bundle-client.ts` in the npm package: the page's script and style sheet, as
 * scripts/package/ bundled them.
 */
export async function bundleClient(): Promise<ClientBundle> {
  // Only scripts/package/ writes the file.
  return JSON.parse(await readFile(FILE, 'utf8')) as ClientBundle;
}
