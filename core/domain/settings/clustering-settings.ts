import { amount, whole } from './fields.ts';
import { section } from './sections.ts';
import { DAY, YEAR } from './spans.ts';

/** How applications are clustered by the shape of their footprints. */
export const clusteringSection = section({
  maxClusters: whole(1, 200).describe('Most clusters.').default(8),
  divergenceRatio: amount({ above: 0, to: 1_000_000 })
    .describe(
      'A footprint diverges when its distance to its own cluster is more than this multiple of the typical distance within it.',
    )
    .default(2.5),
  divergenceRuns: whole(1, 1000)
    .describe('Consecutive refinements in which an application diverges before it leaves.')
    .default(2),
  minimumSeconds: whole(1, YEAR)
    .describe('Measured history, in seconds, without which an application is not clustered.')
    .default(2 * DAY),
  windowSeconds: whole(1, YEAR)
    .describe('History that the shapes are taken from, in seconds. The default is a week.')
    .default(7 * DAY),
});
