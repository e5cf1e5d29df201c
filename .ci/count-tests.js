/**
 * Prints how many tests passed, from vitest's own JSON report; fails if any did not, or if there
 * were none.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
if (numPendingTests > 0) process.stdout.write(`${numPendingTests} skipped\n`);
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed\n`);
if (!success || numFailedTests > 0 || numPassedTests === 0) process.exitCode = 1;
