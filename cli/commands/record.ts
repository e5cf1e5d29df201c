import { Command } from 'commander';
import { z } from 'zod';
import { recordThisHost } from '#adapters/local/host/record-this-host.ts';
import { RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import {
  commonOptions,
  storeOption,
  withCommonOptions,
  withStoreOption,
} from '#cli/options/common-options.ts';
import { count } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { createKeeper } from '#cli/work/create-keeper.ts';
import { formatAmount, formatCount, formatTime } from '#html-report/text/format.ts';

/** Short enough that the first point is there within a minute or two; the engine reads means of five minutes. */
const DEFAULT_STEP_SECONDS = 60;

const options = z.object({
  ...commonOptions,
  ...storeOption,
  step: count.default(DEFAULT_STEP_SECONDS),
  for: count.optional(),
  application: z.string().min(1, 'is empty').optional(),
});

/** `foreprint record`: records this host, passively, until Ctrl-C. */
export function recordCommand(context: CommandContext): Command {
  return withStoreOption(withCommonOptions(new Command('record')))
    .description("records this host's processors, memory, disks and network (Linux) until Ctrl-C")
    .option('--step <seconds>', `time between two points (default ${DEFAULT_STEP_SECONDS})`)
    .option('--for <seconds>', 'stop after this time')
    .option('--application <name>', "name in the store (default: this host's name)")
    .action((given: unknown) => runRecord(context, parseOptions(options, given)));
}

async function runRecord(context: CommandContext, given: z.output<typeof options>): Promise<void> {
  const { application = context.hostname, step: stepSeconds } = given;
  const limits = given.for === undefined ? [] : [AbortSignal.timeout(given.for * 1000)];
  const signal = AbortSignal.any([context.signal, ...limits]);
  await withOutputs({ json: given.json }, async (outputs) => {
    const keep = createKeeper(given.store, application);
    await keep([]);
    const progress = createProgress(context, given);
    progress.note(`recording ${application} every ${stepSeconds} s; Ctrl-C ends it`);
    let [points, waiting] = [0, 0];
    for await (const point of recordThisHost({ stepSeconds, clock: context.clock, signal })) {
      points++;
      context.print(pointLine(point));
      waiting = await keep([point]);
      if (waiting > 0) progress.note(`the store is in use; ${formatCount(waiting, 'point')} wait`);
    }
    if (waiting > 0 && (await keep([])) > 0) {
      throw new Error(`${formatCount(waiting, 'point')} could not be stored: the store is in use`);
    }
    await outputs.json?.write(jsonText({ application_id: application, points, stepSeconds }));
    context.print(`${formatCount(points, 'point')} of ${application} recorded`);
  });
}

function pointLine({ timestampSeconds, footprint }: FootprintPoint): string {
  const amounts = RESOURCES.map(
    (resource) => `${resource} ${formatAmount(resource, footprint[resource])}`,
  );
  return `${formatTime(timestampSeconds)}  ${amounts.join('  ')}`;
}
