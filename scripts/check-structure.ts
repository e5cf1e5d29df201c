/**
 * Fails where files or folders import each other in a circle, a folder has too many files or a
 * chain of imports is too long: tsx scripts/check-structure.ts [ROOT]
 */
import process from 'node:process';
import { readSources } from './structure/read-sources.ts';
import { structureFaults } from './structure/structure-faults.ts';

const faults = structureFaults(readSources(process.argv[2] ?? '.'));
for (const fault of faults) process.stderr.write(`structure: ${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
