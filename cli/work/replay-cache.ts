import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { cannotWrite } from '#cli/output/output-error.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import type { ReplayedApplication } from '#evaluation/replay/summarize-run.ts';

/** Increased when a replay gives other results for the same input, which invalidates old files. */
const FORMAT = 4;

/**
 * Caches the result of every finished application in a directory, under a hash of its whole input.
 * An interrupted replay continues where it stopped; a changed trace, setting or knob is replayed
 * again.
 * @throws UsageError if the directory cannot be made.
 */
export async function cachedJobs(
  directory: string,
  run: (job: ReplayJob) => Promise<ReplayedApplication>,
): Promise<(job: ReplayJob) => Promise<ReplayedApplication>> {
  await makeDirectory(directory).catch((cause: unknown) => {
    throw new UsageError(`--resume: ${directory} ${cannotWrite(cause)}`, { cause });
  });
  return async (job) => {
    const key = createHash('sha256')
      .update(serialize({ FORMAT, job: keyOf(job) }))
      .digest('hex');
    const file = join(directory, `${key}.replayed`);
    const cached = await readFile(file).catch(() => null);
    // The code below wrote this file, under a name that only the same input has.
    if (cached !== null) return deserialize(cached) as ReplayedApplication;
    const result = await run(job);
    // The rename is atomic, so an existing file is complete.
    await writeFile(`${file}.${process.pid}`, serialize(result));
    await rename(`${file}.${process.pid}`, file);
    return result;
  };
}

/**
 * The job with its numbers as text: V8 writes a whole number in one of two ways, by what else its
 * field has held.
 */
function keyOf(job: ReplayJob): object {
  return { ...job, settings: JSON.stringify(job.settings), plan: JSON.stringify(job.plan) };
}
