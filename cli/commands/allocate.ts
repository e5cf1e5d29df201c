import type { Command } from 'commander';
import { z } from 'zod';
import { loadModelFile } from '#adapters/local/candidates/load-model-file.ts';
import { createLocalScalingTarget } from '#adapters/local/local-scaling-target.ts';
import type { CommandContext } from '#cli/context/command-context.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { instant, path } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { allocationDocument } from '#cli/presenters/allocation-document.ts';
import { allocationLines } from '#cli/presenters/allocation-lines.ts';
import { recommendationLines } from '#cli/presenters/recommendation-lines.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { footprintShape } from '#cli/settings/footprint-schema.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { readDocument } from '#cli/settings/read-document.ts';
import { readInstanceTypes } from '#cli/settings/read-instance-types.ts';
import { nowOf } from '#cli/store/now-of.ts';
import { withStore } from '#cli/store/with-store.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { recommendType } from '#core/use-cases/recommend-type.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';

const options = z.object({
  ...storeCommandOptions,
  type: z.string().optional(),
  requested: path.optional(),
  at: instant.optional(),
  instanceTypes: path.optional(),
});

/** `foreprint allocate`: one allocation decision, explained and logged. */
export function allocateCommand(context: CommandContext): Command {
  return storeCommand('allocate')
    .description('decides what an application gets next, explains it and logs it')
    .argument('<app>', 'the application; an unknown one gets the defaults of its type')
    .option('--type <type>', 'type of the application')
    .option(
      '--requested <file>',
      'what a new deployment asks for (JSON: cpu, memory, disk, network)',
    )
    .option(
      '--instance-types <file>',
      'recommend one of these types by its history (JSON list: name, cpu, memory, …, pricePerHour)',
    )
    .option('--at <time>', 'decide at this time (ISO 8601, or "last")')
    .action((name: string, given: unknown) =>
      runAllocate(context, name, parseOptions(options, given)),
    );
}

async function runAllocate(
  context: CommandContext,
  applicationId: string,
  given: z.output<typeof options>,
): Promise<void> {
  const settings = await loadSettings(given.config);
  const requested = given.requested === undefined ? null : await readRequested(given.requested);
  const types = given.instanceTypes && (await readInstanceTypes(given.instanceTypes));
  const { signal, clock } = context;
  await withOutputs({ json: given.json }, (outputs) =>
    withStore({ directory: given.store, signal, waitSeconds: given.wait }, async (store) => {
      const stored = await store.history.application(applicationId);
      const now = nowOf(given.at, stored, clock.nowSeconds());
      if (now.remark !== null) createProgress(context, given).note(now.remark);
      const applicationType = given.type ?? stored?.applicationType ?? null;
      const read = (sha256: string) => store.models.get(sha256);
      const forecasters = createForecasterCache(read, 4, loadModelFile);
      const ports = {
        ...store,
        forecasters,
        target: createLocalScalingTarget({
          ...store,
          settings: settings.allocation,
          applicationType,
        }),
      };
      const request = { applicationId, applicationType, requested, nowSeconds: now.seconds };
      // Graphs of others run in processes that would keep this one alive.
      const { decision } = await allocate(ports, request, settings).finally(forecasters.clear);
      const recommended = types
        ? await recommendType(store.history, { decision, types }, settings)
        : null;
      await outputs.json?.write(jsonText(allocationDocument(decision, recommended)));
      allocationLines(decision).forEach(context.print);
      if (recommended) recommendationLines(recommended).forEach(context.print);
    }),
  );
}

function readRequested(file: string): Promise<Footprint> {
  return readDocument(file, z.strictObject(footprintShape));
}
