import * as z from 'zod';
import { section } from './fields.ts';

/** A schema with every key optional and no default filled in, at every depth. */
export type PartOf<T> =
  T extends z.ZodDefault<infer U>
    ? PartOf<U>
    : T extends z.ZodPrefault<infer U>
      ? PartOf<U>
      : T extends z.ZodObject<infer S, infer C>
        ? z.ZodObject<{ [K in keyof S]: z.ZodOptional<PartOf<S[K]>> }, C>
        : T;

/** What somebody may write where the rest comes from elsewhere. Checks between keys are not taken along. */
export function partOf<T extends z.ZodType>(schema: T): PartOf<T> {
  return withoutDefaults(schema) as PartOf<T>;
}

function withoutDefaults(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return withoutDefaults(schema.unwrap());
  }
  if (!(schema instanceof z.ZodObject)) return schema;
  const keys = Object.entries(schema.shape as z.ZodRawShape);
  const part = section(
    Object.fromEntries(keys.map(([key, value]) => [key, z.optional(withoutDefaults(value))])),
  );
  return schema.description === undefined ? part : part.describe(schema.description);
}
