import { z } from 'zod';

const amount = z.number().nonnegative().nullable().default(null);

/** Amounts of the four resources as somebody wrote them; what is left out is null. */
export const footprintShape = { cpu: amount, memory: amount, disk: amount, network: amount };
