import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeDirectory } from '#adapters/local/make-directory.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import type { ReplayedApplication } from '#evaluation/replay/summarize-run.ts';

/** Raised when a replay gives other results for the same input: what older versions kept is not taken then. */
const FORMAT = 2;

/**
 * Keeps the result of every finished application in a directory, under a hash of everything that went in, so that an
 * interrupted replay goes on where it stopped, and a changed trace, setting or knob is replayed anew.
 */
export async function cachedJobs(
  directory: string,
  run: (job: ReplayJob) => Promise<ReplayedApplication>,
): Promise<(job: ReplayJob) => Promise<ReplayedApplication>> {
  await makeDirectory(directory);
  return async (job) => {
    const key = createHash('sha256').update(serialize({ FORMAT, job })).digest('hex');
    const file = join(directory, `${key}.replayed`);
    const kept = await readFile(file).catch(() => null);
    // Written by the lines below, under a name that only the same input has.
    if (kept !== null) return deserialize(kept) as ReplayedApplication;
    const result = await run(job);
    // In place in one step: a file that is there is whole.
    await writeFile(`${file}.${process.pid}`, serialize(result));
    await rename(`${file}.${process.pid}`, file);
    return result;
  };
}
