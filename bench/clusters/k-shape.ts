import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const FILE = join(import.meta.dirname, 'k-shape.json');

const found = z.object({ traces: z.record(z.string(), z.object({ adjustedRand: z.number() })) });

/** What scripts/cluster-by-k-shape.py found, by trace. */
export async function kShapeAgainstLabels(): Promise<ReadonlyMap<string, number>> {
  const { traces } = found.parse(JSON.parse(await readFile(FILE, 'utf8')));
  return new Map(Object.entries(traces).map(([trace, one]) => [trace, one.adjustedRand]));
}
