import * as z from 'zod';

const file = z.object({ Key: z.string() });
const manifestSchema = z.object({
  ResultFiles: z.object({
    SUCCEEDED: z.array(file).default([]),
    FAILED: z.array(file).default([]),
    PENDING: z.array(file).default([]),
  }),
});

/** Results of one Distributed Map. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  /** Items that were not started, because too many others had failed. */
  readonly pending: number;
  /** Items that the kill switch stopped. */
  readonly stopped: number;
  /** Number of models by name, for example "exponential-smoothing". */
  readonly models: Readonly<Record<string, number>>;
}

const EMPTY: Tally = { succeeded: 0, failed: 0, pending: 0, stopped: 0, models: {} };

const outcome = z.looseObject({
  stopped: z.boolean().optional(),
  trained: z.record(z.string(), z.looseObject({ model: z.string() })).optional(),
});

/**
 * Summarizes the results of a Distributed Map.
 * @param read returns the text of an object, null if it does not exist: a map without items writes
 * nothing.
 * @param manifestKey key of the map's result manifest; undefined for a map that wrote none.
 */
export async function tallyResults(
  read: (key: string) => Promise<string | null>,
  manifestKey: string | undefined,
): Promise<Tally> {
  const text = manifestKey === undefined ? null : await read(manifestKey);
  if (text === null) return EMPTY;
  const { ResultFiles } = manifestSchema.parse(JSON.parse(text));
  const itemsOf = async (files: readonly { readonly Key: string }[]): Promise<unknown[]> => {
    const items: unknown[] = [];
    for (const { Key } of files) {
      items.push(...z.array(z.unknown()).parse(JSON.parse((await read(Key)) ?? '[]')));
    }
    return items;
  };
  const succeeded = await itemsOf(ResultFiles.SUCCEEDED);
  const outcomes = succeeded.flatMap((item) => {
    const parsed = outcome.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const models: Record<string, number> = {};
  for (const { trained = {} } of outcomes) {
    for (const { model } of Object.values(trained)) models[model] = (models[model] ?? 0) + 1;
  }
  return {
    succeeded: succeeded.length,
    failed: (await itemsOf(ResultFiles.FAILED)).length,
    pending: (await itemsOf(ResultFiles.PENDING)).length,
    stopped: outcomes.filter(({ stopped }) => stopped).length,
    models,
  };
}
