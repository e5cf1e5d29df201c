/**
 * Prints how many tests passed, from vitest's own JSON reports; fails if any did not, or if there
 * were none in one of them.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const runs = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (count) => runs.reduce((total, run) => total + run[count], 0);

const [passed, failed, pending] = ['numPassedTests', 'numFailedTests', 'numPendingTests'].map(sum);
if (pending > 0) process.stdout.write(`${pending} skipped\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
const isWhole = runs.every((run) => run.success && run.numPassedTests > 0);
if (failed > 0 || runs.length === 0 || !isWhole) process.exitCode = 1;
