import { Command } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { allocateCommand } from './commands/allocate.ts';
import { clusterCommand } from './commands/cluster.ts';
import { detectCommand } from './commands/detect.ts';
import { doctorCommand } from './commands/doctor.ts';
import { enrolCommand } from './commands/enrol.ts';
import { forecastCommand } from './commands/forecast.ts';
import { importCommand } from './commands/import.ts';
import { monitorCommand } from './commands/monitor.ts';
import { planCommand } from './commands/plan.ts';
import { profileCommand } from './commands/profile.ts';
import { reclusterCommand } from './commands/recluster.ts';
import { recordCommand } from './commands/record.ts';
import { replayCommand } from './commands/replay.ts';
import { retireCommand } from './commands/retire.ts';
import { sampleCommand } from './commands/sample.ts';
import { trainCommand } from './commands/train.ts';
import { UsageError } from '#cli/context/usage-error.ts';

const COMMANDS = [
  replayCommand,
  sampleCommand,
  importCommand,
  recordCommand,
  trainCommand,
  reclusterCommand,
  profileCommand,
  allocateCommand,
  monitorCommand,
  clusterCommand,
  forecastCommand,
  detectCommand,
  planCommand,
  doctorCommand,
  enrolCommand,
  retireCommand,
] as const;

/**
 * The whole command line. Parsing it throws a CommanderError for a wish for help and for wrong use, and whatever the
 * command itself throws.
 */
export function createProgram(context: CommandContext): Command {
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
  for (const create of COMMANDS) {
    program.addCommand(create(context).copyInheritedSettings(program));
  }
  return program;
}

function wrongWord(given: string | undefined): string {
  if (given === undefined) return 'no command given';
  return given.startsWith('-') ? `unknown option "${given}"` : `unknown command "${given}"`;
}
