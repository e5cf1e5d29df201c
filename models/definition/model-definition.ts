import * as z from 'zod';
import { memberSchema, type MemberDefinition } from './member-definition.ts';
import { packedDoubles } from './packed-numbers.ts';

/**
 * Version of what a definition means. It has to be raised when a family computes other forecasts
 * from the same data: files of another version are asked in ONNX Runtime, by their graph.
 */
export const DEFINITION_VERSION = 1;

/** A fitted model of a family and its calibration. */
export interface CalibratedMember {
  readonly raw: MemberDefinition;
  readonly calibration: {
    readonly bands: readonly { readonly first: number; readonly last: number }[];
    readonly offsets: Float64Array;
    readonly window: { readonly context: number; readonly steps: number };
    readonly bounds: { readonly least: number; readonly most: number };
  };
}

/** A stretch of the horizon, and the members whose quantiles are averaged there. */
export interface DefinedPart {
  /** Steps ahead, counted from 1. */
  readonly first: number;
  readonly last: number;
  readonly members: readonly CalibratedMember[];
}

/** What a trained model is made of, in the order of the horizon, without holes. */
export type ModelDefinition = readonly DefinedPart[];

const step = z.int().positive();
const number = z.number();

const definitionSchema = z.object({
  version: z.literal(DEFINITION_VERSION),
  /** Season lengths in steps where they are not a day and a week. */
  seasons: z.array(number).readonly().optional(),
  /** Each member once, wherever it is used. */
  members: z.array(
    z.object({
      raw: memberSchema,
      calibration: z.object({
        bands: z.array(z.object({ first: step, last: step })).readonly(),
        offsets: packedDoubles,
        window: z.object({ context: step, steps: step }),
        bounds: z.object({ least: number, most: number }),
      }),
    }),
  ),
  parts: z.array(
    z.object({ first: step, last: step, members: z.array(z.int().nonnegative()).min(1) }),
  ),
});

const versionSchema = z.object({ version: z.number() });

export interface StoredDefinition {
  readonly definition: ModelDefinition;
  readonly seasons?: readonly number[] | undefined;
}

/** The definition as JSON. */
export function encodeDefinition({ definition, seasons }: StoredDefinition): string {
  const members = [...new Set(definition.flatMap((part) => part.members))];
  const stored = z.encode(definitionSchema, {
    version: DEFINITION_VERSION,
    ...(seasons === undefined ? {} : { seasons }),
    members: members.map(({ raw, calibration }) => {
      const bands = calibration.bands.map(({ first, last }) => ({ first, last }));
      return { raw, calibration: { ...calibration, bands } };
    }),
    parts: definition.map(({ first, last, members: used }) => {
      return { first, last, members: used.map((member) => members.indexOf(member)) };
    }),
  });
  return JSON.stringify(stored);
}

/**
 * Parses what `encodeDefinition` wrote; null for a definition of another version.
 * @throws Error if the text is not JSON, or not a definition.
 */
export function decodeDefinition(text: string): StoredDefinition | null {
  const json: unknown = JSON.parse(text);
  if (versionSchema.parse(json).version !== DEFINITION_VERSION) return null;
  const { seasons, members, parts } = definitionSchema.parse(json);
  const definition = parts.map(({ first, last, members: used }) => {
    return { first, last, members: used.map((index) => memberAt(members, index)) };
  });
  return { definition, seasons };
}

function memberAt(members: readonly CalibratedMember[], index: number): CalibratedMember {
  const member = members[index];
  if (member === undefined) throw new RangeError(`no member ${index} of ${members.length}`);
  return member;
}
