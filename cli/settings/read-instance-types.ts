import { z } from 'zod';
import type { InstanceType } from '#core/capacity/recommend-size.ts';
import { footprintShape } from './footprint-schema.ts';
import { readDocument } from './read-document.ts';

const schema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      ...footprintShape,
      pricePerHour: z.number().nonnegative(),
    }),
  )
  .min(1, 'names no instance type');

/**
 * Instance types to choose from, out of a JSON file: name, what one instance holds, price per hour.
 * @throws UsageError that names every fault of the file.
 */
export async function readInstanceTypes(file: string): Promise<readonly InstanceType[]> {
  const types = await readDocument(file, schema);
  return types.map(({ name, pricePerHour, ...capacity }) => ({ name, capacity, pricePerHour }));
}
