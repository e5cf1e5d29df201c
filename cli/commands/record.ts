import { Command } from 'commander';
import { z } from 'zod';
import { recordThisHost } from '#adapters/local/host/record-this-host.ts';
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
import { pointLine } from '#cli/output/point-line.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { createKeeper } from '#cli/work/create-keeper.ts';
import { formatCount } from '#html-report/text/format.ts';

/**
 * Short enough that the first point appears within two minutes; models use means of five minutes.
 */
const DEFAULT_STEP_SECONDS = 60;

const options = z.object({
  ...commonOptions,
  ...storeOption,
  step: count.default(DEFAULT_STEP_SECONDS),
  for: count.optional(),
  application: z.string().min(1, 'is empty').optional(),
});

/** `foreprint record`: records this host passively until Ctrl-C. */
export function recordCommand(context: CommandContext): Command {
  return withStoreOption(withCommonOptions(new Command('record')))
    .description("records this host's processors, memory, disks and network (Linux) until Ctrl-C")
    .option('--step <seconds>', `seconds per point (default ${DEFAULT_STEP_SECONDS})`)
    .option('--for <seconds>', 'stop after this time')
    .option('--application <name>', "name in the store (default: this host's name)")
    .action((rawOptions: unknown) => runRecord(context, parseOptions(options, rawOptions)));
}

async function runRecord(context: CommandContext, parsed: z.output<typeof options>): Promise<void> {
  const { application = context.hostname, step: stepSeconds } = parsed;
  const limits = parsed.for === undefined ? [] : [AbortSignal.timeout(parsed.for * 1000)];
  const signal = AbortSignal.any([context.signal, ...limits]);
  await withOutputs({ json: parsed.json }, async (outputs) => {
    const store = createKeeper(parsed.store, application);
    await store([]);
    const progress = createProgress(context, parsed);
    progress.note(`recording ${application} every ${stepSeconds} s; Ctrl-C ends it`);
    let [points, waiting] = [0, 0];
    for await (const point of recordThisHost({ stepSeconds, clock: context.clock, signal })) {
      points++;
      context.print(pointLine(point));
      waiting = await store([point]);
      if (waiting > 0) {
        progress.note(
          `the store is in use or its disk is full; ${formatCount(waiting, 'point')} wait`,
        );
      }
    }
    if (waiting > 0 && (await store([])) > 0) {
      throw new Error(
        `${formatCount(waiting, 'point')} could not be stored: the store is in use or its disk is full`,
      );
    }
    await outputs.json?.write(jsonText({ application_id: application, points, stepSeconds }));
    context.print(`${formatCount(points, 'point')} of ${application} recorded`);
  });
}
