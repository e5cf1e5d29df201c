import { z } from 'zod';
import { settingsOption, storeOption } from '#cli/options/common-options.ts';
import { duration } from '#cli/options/duration.ts';
import { count, path, wholeNumber } from '#cli/options/option-types.ts';
import { prometheusOptions } from '#cli/options/prometheus-options.ts';

const MOST_PORT = 65_535;

export const serveOptions = z.object({
  quiet: z.boolean().default(false),
  ...storeOption,
  ...settingsOption,
  ...prometheusOptions,
  step: duration.optional(),
  host: z.string().min(1, 'is empty').default('127.0.0.1'),
  port: wholeNumber(0)
    .refine((port) => port <= MOST_PORT, `is above ${MOST_PORT}`)
    .default(8080),
  tokenFile: path.optional(),
  record: z.boolean().default(true),
  application: z.string().min(1, 'is empty').optional(),
  workers: count.optional(),
});

/** What a thread can be given: the address as text. */
export type ServeOptions = Omit<z.output<typeof serveOptions>, 'prometheusUrl'> & {
  readonly prometheusUrl: string | null;
  readonly hostname: string;
};
