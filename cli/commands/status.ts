import type { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { widthOf } from '#cli/output/width-of.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { statusDocument } from '#cli/presenters/status-document.ts';
import { statusLines } from '#cli/presenters/status-lines.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { withExistingStore } from '#cli/store/with-store.ts';
import { storeStatus } from '#cli/work/store-status.ts';

const options = z.object(storeCommandOptions);

/** `foreprint status`: what is stored, and how every application is doing. */
export function statusCommand(context: CommandContext): Command {
  return storeCommand('status')
    .description('shows every stored application: its data, model, instances and risk')
    .action((given: unknown) => runStatus(context, parseOptions(options, given)));
}

async function runStatus(
  context: CommandContext,
  { json, store: directory, wait: waitSeconds, config, calendar }: z.output<typeof options>,
): Promise<void> {
  const { signal, clock, print } = context;
  // Nothing shown depends on settings, but a file that other commands would refuse is no good here.
  await loadSettings(config, calendar);
  const use = { directory, signal, waitSeconds, access: 'read' } as const;
  await withOutputs({ json }, (outputs) =>
    withExistingStore(use, async (store) => {
      const nowSeconds = clock.nowSeconds();
      const applications = await storeStatus(store, nowSeconds);
      await outputs.json?.write(jsonText(statusDocument(store.history.location, applications)));
      const lines = statusLines(applications, { nowSeconds, width: widthOf(context) });
      [store.history.location, ...lines].forEach(print);
    }),
  );
}
