import { Command } from 'commander';
import { z } from 'zod';
import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import { SIMULATED_COLUMN } from '#adapters/local/traces/simulated-column.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { commonOptions, withCommonOptions } from '#cli/options/common-options.ts';
import { path, wholeNumber } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withTable } from '#cli/output/with-table.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { SAMPLE_SEED, SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet, type SampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { formatCount } from '#html-report/text/format.ts';

const options = z.object({
  ...commonOptions,
  out: path,
  seed: wholeNumber(0).default(SAMPLE_SEED),
  days: wholeNumber(3).optional(),
});

const COLUMNS: readonly OutputColumn[] = [
  { name: 'application_id', type: 'text' },
  { name: 'application_type', type: 'text' },
  { name: 'timestamp', type: 'time' },
  ...RESOURCES.map((name) => ({ name, type: 'number' }) as const),
  { name: SIMULATED_COLUMN, type: 'text' },
];

/** `foreprint sample`: writes the simulated fleet as a footprint trace. */
export function sampleCommand(context: CommandContext): Command {
  return withCommonOptions(new Command('sample'))
    .description('writes the sample fleet, which is simulated, as a footprint trace')
    .requiredOption('--out <file>', 'the trace (.csv, .csv.gz or .parquet)')
    .option('--seed <n>', `seed of the simulation (default ${SAMPLE_SEED})`)
    .option('--days <n>', 'length of the trace in days (default 28)')
    .action((rawOptions: unknown) => runSample(context, parseOptions(options, rawOptions)));
}

async function runSample(
  { print }: CommandContext,
  { out, seed, days, json }: z.output<typeof options>,
): Promise<void> {
  await withOutputs({ json }, async (outputs) => {
    const fleet = createSampleFleet({
      seed,
      startSeconds: SAMPLE_START_SECONDS,
      ...(days === undefined ? {} : { days }),
    });
    const rows = await withTable(out, COLUMNS, (write) => writeRows(fleet, write));
    const applications = fleet.applications.map(({ applicationId, applicationType, what }) => {
      return { application_id: applicationId, application_type: applicationType, what };
    });
    const { events } = fleet;
    await outputs.json?.write(jsonText({ simulated: true, seed, rows, applications, events }));
    print(
      `${out}: ${formatCount(rows, 'row')} of ${formatCount(applications.length, 'application')}. Simulated (seed ${seed}): nothing in it was measured.`,
    );
  });
}

async function writeRows(
  fleet: SampleFleet,
  write: (row: readonly (string | number | null)[]) => Promise<void>,
): Promise<number> {
  let rows = 0;
  for (const { applicationId, applicationType, timestampSeconds, footprint } of fleet.rows()) {
    const time = new Date(timestampSeconds * 1000).toISOString().replace('.000Z', 'Z');
    const amounts = RESOURCES.map((resource) => footprint[resource]);
    await write([applicationId, applicationType, time, ...amounts, 'true']);
    rows++;
  }
  return rows;
}
