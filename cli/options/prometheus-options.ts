import type { Command } from 'commander';
import { z } from 'zod';
import { PRESETS } from '#adapters/prometheus/preset-queries.ts';
import { duration } from './duration.ts';
import { instant, path } from './option-types.ts';

const text = z.string().min(1, 'is empty');
const words = z
  .string()
  .transform((list): readonly string[] => list.split(',').map((word) => word.trim()))
  .refine((list) => list.every((word) => word !== ''), 'is empty, or has an empty part');
const label = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const url = z.string().transform((given, context): URL => {
  const parsed = URL.canParse(given) ? new URL(given) : null;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed;
  context.addIssue(`"${given}" is no address such as http://localhost:9090`);
  return z.NEVER;
});

/** Where footprints come from Prometheus, and which. `step` is the command's own. */
export const prometheusOptions = {
  prometheusUrl: url.optional(),
  preset: z.enum(PRESETS, `there are ${PRESETS.join(', ')}`).optional(),
  cpu: text.optional(),
  memory: text.optional(),
  disk: text.optional(),
  network: text.optional(),
  by: words
    .refine((labels) => labels.every((name) => label.test(name)), 'names of labels are expected')
    .optional(),
  namespace: z.array(words).default([]),
  since: duration.optional(),
  start: instant.optional(),
  end: instant.optional(),
  prometheusAuthHeader: text.optional(),
  prometheusTokenFile: path.optional(),
  prometheusSigv4: z
    .string()
    .regex(/^[a-z-]+$/, 'a service such as aps is expected')
    .optional(),
  prometheusHeaders: z.array(text).default([]),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
};

type Shape = typeof prometheusOptions & { readonly step: z.ZodOptional<typeof duration> };
export type PrometheusOptions = z.output<z.ZodObject<Shape>>;

const repeated = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** Adds the options of `prometheusOptions`. */
export function withPrometheusOptions(command: Command): Command {
  return command
    .option(
      '--prometheus-url <url>',
      'read from Prometheus or what speaks its API (env PROMETHEUS_URL)',
    )
    .option('--preset <name>', `queries for ${PRESETS.join(', ')} (default: whose series exist)`)
    .option('--cpu <promql>', 'query of the cores in use, instead of the preset’s')
    .option('--memory <promql>', 'query of the bytes of memory in use')
    .option('--disk <promql>', 'query of the bytes/s read and written')
    .option('--network <promql>', 'query of the bytes/s received and sent')
    .option('--by <labels>', 'labels that make the name of an application: namespace,workload')
    .option('-n, --namespace <name>', 'only pods of this namespace; repeatable', repeated)
    .option('--since <duration>', 'how far back to read (default 14d)')
    .option('--start <time>', 'read from this time on (ISO 8601)')
    .option('--end <time>', 'read up to this time (ISO 8601; default: now)')
    .option('--prometheus-auth-header <value>', 'the Authorization header: "Bearer …"')
    .option('--prometheus-token-file <file>', 'a file with a bearer token')
    .option(
      '--prometheus-sigv4 <service>',
      'sign requests with the credentials of AWS: aps, monitoring (region: AWS_REGION)',
    )
    .option('-H, --prometheus-headers <header>', '"X-Scope-OrgID: team"; repeatable', repeated)
    .option('--dry-run', 'show queries, series, points and first values, and read no more')
    .option('--yes', 'read more than 2,000 applications');
}
