/**
 * Loads a part of the program: in a checkout from source, in the npm package, which has no source,
 * from dist/.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';

/** Set by tests, which build dist/ before they begin: that loads in a third of the time. */
const isBuilt = process.env['FOREPRINT_BUILT'] === 'yes';

/**
 * @param source the file in the project, for example "cli/main.ts".
 * @param built its name in dist/lib/.
 */
export async function load(source, built) {
  const file = new URL(`../${source}`, import.meta.url);
  if (isBuilt || !existsSync(file)) return import(`../dist/lib/${built}`);
  const { register } = await import('tsx/esm/api');
  register();
  return import(file.href);
}
