import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import {
  commonOptions,
  storeOption,
  withCommonOptions,
  withStoreOption,
} from '#cli/options/common-options.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { profileDocument } from '#cli/presenters/profile-document.ts';
import { profileLines } from '#cli/presenters/profile-lines.ts';
import { withExistingStore } from '#cli/store/with-store.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import { nearestName } from '#core/domain/settings/nearest-name.ts';

const options = z.object({ ...commonOptions, ...storeOption, verbose: z.boolean().default(false) });

/** `foreprint profile`: shows the profile of one application. */
export function profileCommand(context: CommandContext): Command {
  return withStoreOption(withCommonOptions(new Command('profile')))
    .description("shows an application's profile")
    .argument('[app]', 'the application')
    .option('-v, --verbose', 'also names the families of every model')
    .action((name: string | undefined, rawOptions: unknown) =>
      runProfile(context, name, parseOptions(options, rawOptions)),
    );
}

async function runProfile(
  { signal, print }: CommandContext,
  applicationId: string | undefined,
  { json, store: directory, verbose: isVerbose, wait }: z.output<typeof options>,
): Promise<void> {
  const use = { directory, signal, waitSeconds: wait, access: 'read' } as const;
  await withOutputs({ json }, (outputs) =>
    withExistingStore(use, async ({ profiles, history }) => {
      if (applicationId === undefined) throw new UsageError(await whichApplication(history));
      const profile = await profiles.application(applicationId);
      if (profile === null) {
        const isStored = (await history.application(applicationId)) !== null;
        const advice = isStored
          ? '; "foreprint train" creates one'
          : ` and no history of it${await nearestHint(history, applicationId)}`;
        throw new UsageError(
          `${history.location} contains no profile of "${applicationId}"${advice}`,
        );
      }
      const [latest = null] = await profiles.allocationLog(applicationId, 1);
      const isSimulated = (await history.application(applicationId))?.isSimulated ?? false;
      const details = { allocation: latest, isVerbose, isSimulated };
      await outputs.json?.write(jsonText(profileDocument(profile, details)));
      profileLines(profile, await profiles.clusters(), details).forEach(print);
    }),
  );
}

const MOST_NAMES = 10;

async function whichApplication(history: HistoryStore): Promise<string> {
  const names = (await history.applications()).map((stored) => stored.applicationId);
  if (names.length === 0) return `${history.location} contains no application yet`;
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `which application? ${history.location} has ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}

async function nearestHint(history: HistoryStore, given: string): Promise<string> {
  const names = (await history.applications()).map((stored) => stored.applicationId);
  const nearest = nearestName(given, names);
  return nearest === null ? '' : `; did you mean "${nearest}"?`;
}
