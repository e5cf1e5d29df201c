import { parse } from '@aws-lambda-powertools/parser';
import { concludeEventSchema } from './events/training-events.ts';
import { tallyResults } from './training/tally-results.ts';
import { count, instrument } from './wiring/instruments.ts';
import { readRunFile, writeRunFile } from './wiring/run-files.ts';

/** Last step of a training run: summarizes its results and counts failures for the alarm. */
export const handler = instrument('conclude-training', async (event: unknown) => {
  const { run, applications, clusters } = parse(event, undefined, concludeEventSchema);
  const summary = {
    run,
    applications: await tallyResults(readRunFile, applications.ResultWriterDetails?.Key),
    clusters: await tallyResults(readRunFile, clusters.ResultWriterDetails?.Key),
  };
  count('FailedApplications', summary.applications.failed + summary.clusters.failed);
  await writeRunFile(`runs/summaries/${run}.json`, summary);
  return summary;
});
