import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { profileDocument } from '#cli/presenters/profile-document.ts';
import {
  commonOptions,
  storeOption,
  withCommonOptions,
  withStoreOption,
} from '#cli/options/common-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withExistingStore } from '#cli/store/with-store.ts';
import { profileLines } from '#cli/presenters/profile-lines.ts';
import { UsageError } from '#cli/context/usage-error.ts';

const options = z.object({ ...commonOptions, ...storeOption });

/** `foreprint profile`: shows the profile of one application. */
export function profileCommand(context: CommandContext): Command {
  return withStoreOption(withCommonOptions(new Command('profile')))
    .description("shows an application's profile")
    .argument('<app>', 'the application')
    .action((name: string, rawOptions: unknown) =>
      runProfile(context, name, parseOptions(options, rawOptions)),
    );
}

async function runProfile(
  { signal, print }: CommandContext,
  applicationId: string,
  { json, store: directory }: z.output<typeof options>,
): Promise<void> {
  await withOutputs({ json }, (outputs) =>
    withExistingStore({ directory, signal }, async ({ profiles, history }) => {
      const profile = await profiles.application(applicationId);
      if (profile === null) {
        const isStored = (await history.application(applicationId)) !== null;
        const advice = isStored ? '; "foreprint train" creates one' : ' and no history of it';
        throw new UsageError(
          `${history.location} contains no profile of "${applicationId}"${advice}`,
        );
      }
      const [latest = null] = await profiles.allocationLog(applicationId, 1);
      await outputs.json?.write(jsonText(profileDocument(profile, latest)));
      profileLines(profile, await profiles.clusters(), latest).forEach(print);
    }),
  );
}
