import { z } from 'zod';
import { readAmount } from '#cli/options/amount-text.ts';

/** What is written as text is read like a quantity of Kubernetes: "500m", "16Gi". */
const read = (value: unknown): unknown =>
  typeof value === 'string' ? (readAmount(value) ?? value) : value;

const amount = z.preprocess(read, z.number().nonnegative().nullable().default(null));

/** Amounts of the four resources as somebody wrote them; what is left out is null. */
export const footprintShape = { cpu: amount, memory: amount, disk: amount, network: amount };
