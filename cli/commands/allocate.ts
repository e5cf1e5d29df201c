import type { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { instanceSize } from '#cli/options/instance-size.ts';
import { instant, path } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { widthOf } from '#cli/output/width-of.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { allocationDocument } from '#cli/presenters/allocation-document.ts';
import { allocationLines, allocationTable } from '#cli/presenters/allocation-lines.ts';
import { recommendationLines } from '#cli/presenters/recommendation-lines.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { footprintShape } from '#cli/settings/footprint-schema.ts';
import { loadSettings, namesStep } from '#cli/settings/load-settings.ts';
import { readDocument } from '#cli/settings/read-document.ts';
import { readInstanceTypes } from '#cli/settings/read-instance-types.ts';
import {
  chosenApplications,
  forgottenStore,
  type DecisionStore,
} from '#cli/store/decision-store.ts';
import { hasStore, requireStore, withStore } from '#cli/store/with-store.ts';
import { allocateStored, type StoredDecision } from '#cli/work/allocate-stored.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';

const options = z.object({
  ...storeCommandOptions,
  type: z.string().optional(),
  new: z.boolean().default(false),
  requested: path.optional(),
  instance: instanceSize.optional(),
  instanceTypes: path.optional(),
  at: instant.optional(),
});

/** `foreprint allocate`: allocation decisions, explained and logged. */
export function allocateCommand(context: CommandContext): Command {
  return storeCommand('allocate')
    .description('decides what applications get next, explains it and logs it (default: all)')
    .argument('[app...]', 'applications; an unknown one gets the defaults of its type')
    .option('--type <type>', 'type of the applications')
    .option('--new', 'the applications are new: their names are no mistakes, and a store is made')
    .option(
      '--requested <file>',
      'what a new deployment asks for (JSON: cpu, memory, disk, network; 4, "500m", "16Gi")',
    )
    .option('--instance <sizes>', 'capacity of one instance, as cpu=4,memory=16Gi')
    .option(
      '--instance-types <file>',
      'recommend one of these types by its history (JSON list: name, cpu, memory, …, pricePerHour)',
    )
    .option('--at <time>', 'decide at this time (ISO 8601, or "last")')
    .action((names: string[], given: unknown) =>
      runAllocate(context, names, parseOptions(options, given)),
    );
}

type Given = z.output<typeof options>;

async function runAllocate(
  context: CommandContext,
  names: readonly string[],
  given: Given,
): Promise<void> {
  const settings = withInstance(await loadSettings(given.config, given.calendar), given.instance);
  requireType(given.type, settings);
  const progress = createProgress(context, given);
  const run = {
    settings,
    isStepGiven: await namesStep(given.config),
    type: given.type,
    requested: given.requested === undefined ? null : await readRequested(given.requested),
    types: given.instanceTypes === undefined ? null : await readInstanceTypes(given.instanceTypes),
    at: given.at,
    wallClockSeconds: context.clock.nowSeconds(),
    note: (remark: string) => progress.note(remark),
  };
  const isNew = given.new || given.type !== undefined || given.requested !== undefined;
  await withOutputs({ json: given.json }, async (outputs) => {
    const decisions = await withDecisionStore(
      context,
      { given, names, note: run.note },
      async (store) => allocateStored(store, await chosenApplications(store, names, isNew), run),
    );
    if (given.requested !== undefined) requestedEffects(decisions).forEach(run.note);
    const documents = decisions.map((decided) => allocationDocument(decided.decision, decided));
    const [only] = names.length === 1 ? decisions : [];
    await outputs.json?.write(jsonText(only ? documents[0] : { applications: documents }));
    const width = widthOf(context);
    const lines = only ? allocationLines(only, width) : allocationTable(decisions, width);
    lines.forEach(context.print);
    for (const { recommended } of decisions) {
      if (recommended) recommendationLines(recommended).forEach(context.print);
    }
  });
}

/** A request stands in for a forecast, and only for that. */
function requestedEffects(decisions: readonly StoredDecision[]): readonly string[] {
  return decisions
    .filter(({ decision }) => decision.reason.source !== 'default')
    .map(
      ({ decision }) =>
        `--requested has no effect: there is a forecast of ${decision.applicationId}`,
    );
}

/** The store, or where there is none and nobody asked for one, stores that are forgotten. */
async function withDecisionStore<T>(
  { signal }: CommandContext,
  {
    given,
    names,
    note,
  }: {
    readonly given: Given;
    readonly names: readonly string[];
    readonly note: (remark: string) => void;
  },
  work: (store: DecisionStore) => Promise<T>,
): Promise<T> {
  const { store: directory, wait: waitSeconds } = given;
  if (names.length === 0) await requireStore(directory);
  else if (!given.new && !(await hasStore(directory))) {
    note(`there is no store in ${directory}, so nothing is logged; --new makes one`);
    return work(forgottenStore());
  }
  return withStore({ directory, signal, waitSeconds }, work);
}

/** @throws UsageError for a type that the settings do not have. */
function requireType(type: string | undefined, { allocation }: Settings): void {
  const types = Object.keys(allocation.defaultsByType);
  if (type === undefined || types.includes(type)) return;
  throw new UsageError(
    `--type: no type "${type}"; there are ${types.join(', ')} (allocation.defaultsByType in --config adds others)`,
  );
}

function withInstance(settings: Settings, instance: Given['instance']): Settings {
  if (instance === undefined) return settings;
  const { allocation } = settings;
  const types = Object.entries(allocation.defaultsByType).map(([type, defaults]) => {
    const instanceCapacity = { ...defaults.instanceCapacity, ...instance };
    return [type, { ...defaults, instanceCapacity }] as const;
  });
  return {
    ...settings,
    allocation: { ...allocation, defaultsByType: Object.fromEntries(types) },
  };
}

function readRequested(file: string): Promise<Footprint> {
  return readDocument(file, z.strictObject(footprintShape));
}
