import * as z from 'zod';
import { nearestName } from './nearest-name.ts';

/** One value for each resource. */
export function perResource<T extends z.ZodType>(value: T) {
  return section({ cpu: value, memory: value, disk: value, network: value });
}

/** An object that refuses keys it does not have, and says which one may have been meant. */
export function section<S extends z.ZodRawShape>(shape: S) {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, names)).join(', ')
        : undefined,
  });
}

function unknownKey(key: string, names: readonly string[]): string {
  const nearest = nearestName(key, names);
  const hint = nearest === null ? `there are ${names.join(', ')}` : `did you mean "${nearest}"?`;
  return `unknown key "${key}"; ${hint}`;
}

/** A schema with every key optional and no default filled in, at every depth. */
export type PartOf<T> =
  T extends z.ZodDefault<infer U>
    ? PartOf<U>
    : T extends z.ZodPrefault<infer U>
      ? PartOf<U>
      : T extends z.ZodObject<infer S, infer C>
        ? z.ZodObject<{ [K in keyof S]: z.ZodOptional<PartOf<S[K]>> }, C>
        : T;

/**
 * What somebody may write where the rest comes from elsewhere. Checks between keys are not taken
 * along.
 */
export function partOf<T extends z.ZodType>(schema: T): PartOf<T> {
  return withoutDefaults(schema) as PartOf<T>;
}

function withoutDefaults(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return withoutDefaults(schema.unwrap());
  }
  if (!(schema instanceof z.ZodObject)) return schema;
  const keys = Object.entries(schema.shape);
  const part = section(
    Object.fromEntries(keys.map(([key, value]) => [key, z.optional(withoutDefaults(value))])),
  );
  return schema.description === undefined ? part : part.describe(schema.description);
}
