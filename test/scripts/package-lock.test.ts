import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/**
 * npm runs no install script of a package that the lock file does not mark: nothing here needs one,
 * and onnxruntime-node's downloads GPU binaries. `npm install` marks what it adds.
 */
it('no package runs code while it is installed', () => {
  const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');
  const marked = /"hasInstallScript"/.test(lock);
  expect(marked, `sed -i '/"hasInstallScript": true,/d' package-lock.json`).toBe(false);
});
