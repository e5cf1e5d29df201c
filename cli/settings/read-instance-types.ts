import { z } from 'zod';
import type { InstanceType } from '#core/capacity/recommend-size.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { footprintShape } from './footprint-schema.ts';
import { readDocument } from './read-document.ts';

const schema = z
  .array(
    z
      .strictObject({
        name: z.string().min(1),
        ...footprintShape,
        pricePerHour: z.number().nonnegative(),
      })
      .refine((type) => RESOURCES.every((resource) => type[resource] !== 0), {
        error: 'holds 0 of a resource; leave out what it does not limit',
      })
      .refine((type) => RESOURCES.some((resource) => type[resource] !== null), {
        error: `holds none of ${RESOURCES.join(', ')}`,
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
