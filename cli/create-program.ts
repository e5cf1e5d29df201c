import { Command } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';

/** Loads a command with all that it needs, in the order in which --help lists them. */
const COMMANDS: Readonly<Record<string, () => Promise<(context: CommandContext) => Command>>> = {
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
  sample: async () => (await import('./commands/sample.ts')).sampleCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  record: async () => (await import('./commands/record.ts')).recordCommand,
  train: async () => (await import('./commands/train.ts')).trainCommand,
  recluster: async () => (await import('./commands/recluster.ts')).reclusterCommand,
  profile: async () => (await import('./commands/profile.ts')).profileCommand,
  allocate: async () => (await import('./commands/allocate.ts')).allocateCommand,
  monitor: async () => (await import('./commands/monitor.ts')).monitorCommand,
  store: async () => (await import('./commands/store.ts')).storeUpkeepCommand,
  cluster: async () => (await import('./commands/cluster.ts')).clusterCommand,
  forecast: async () => (await import('./commands/forecast.ts')).forecastCommand,
  detect: async () => (await import('./commands/detect.ts')).detectCommand,
  plan: async () => (await import('./commands/plan.ts')).planCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  enrol: async () => (await import('./commands/enrol.ts')).enrolCommand,
  retire: async () => (await import('./commands/retire.ts')).retireCommand,
};

/**
 * The command line for these words. Only the command that the first word names is loaded; any
 * other first word, such as --help, loads all of them. Parsing the words throws a CommanderError
 * for a wish for help and for wrong use, and whatever the command itself throws.
 * @param words what follows the name of the program.
 */
export async function createProgram(
  context: CommandContext,
  words: readonly string[],
): Promise<Command> {
  const program = new Command('foreprint')
    .description(
      'Learns how every application uses CPU, memory, disk and network, forecasts what it will need, and allocates it before it is needed.',
    )
    .exitOverride()
    // The one line that says what is wrong is written where the exit status is made.
    .configureOutput({ writeErr: () => undefined })
    .action((_, { args: [given] }: Command) => {
      throw new UsageError(`${wrongWord(given)}; "foreprint --help" lists the commands`);
    })
    // Whatever follows an unknown command, the command is what is wrong.
    .allowUnknownOption()
    .allowExcessArguments();
  for (const create of await loadCommands(words[0])) {
    program.addCommand(create(context).copyInheritedSettings(program));
  }
  return program;
}

async function loadCommands(
  name: string | undefined,
): Promise<readonly ((context: CommandContext) => Command)[]> {
  const named = Object.entries(COMMANDS).filter(([command]) => command === name);
  const wanted = named.length > 0 ? named : Object.entries(COMMANDS);
  return Promise.all(wanted.map(([, load]) => load()));
}

function wrongWord(given: string | undefined): string {
  if (given === undefined) return 'no command given';
  return given.startsWith('-') ? `unknown option "${given}"` : `unknown command "${given}"`;
}
