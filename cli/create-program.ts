import { Command, Help, type Option } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { checkEffect } from '#cli/options/effect/check-effect.ts';
import { nearestName } from '#core/domain/settings/nearest-name.ts';
import packageFile from '../package.json' with { type: 'json' };
import { COMMANDS, type ListedCommand } from './command-list.ts';

const FIRST_STEPS = `
Begin with:
  foreprint replay                 a report on the simulated sample fleet
  foreprint import fleet.csv       your own measurements into the store .foreprint
  foreprint train                  models of all applications in it
  foreprint allocate               what each of them should get now`;

/**
 * The command line for these words. Only the command that they name is loaded; of the others it has
 * what the list of commands says. Completions are made of all of them. Parsing the words throws a
 * CommanderError for a wish for help and for wrong use, and whatever the command itself throws.
 * @param words what follows the name of the program.
 */
export async function createProgram(
  context: CommandContext,
  words: readonly string[],
): Promise<Command> {
  const wanted = words[0] === 'help' ? words[1] : words[0];
  return programWith(context, (name) => name === wanted || wanted === 'completion');
}

/** The command line with all commands loaded. */
export function createWholeProgram(context: CommandContext): Promise<Command> {
  return programWith(context, () => true);
}

async function programWith(
  context: CommandContext,
  isWanted: (name: string) => boolean,
): Promise<Command> {
  const program = new Command('foreprint')
    .description(packageFile.description)
    .version(packageFile.version, '-V, --version', 'the version')
    .helpOption('-h, --help', 'this help')
    .helpCommand('help [command]', 'help for a command')
    .addHelpText('after', FIRST_STEPS)
    .configureHelp({ optionDescription })
    .exitOverride()
    // The one line that says what is wrong is written where the exit status is made.
    .configureOutput({ writeErr: () => undefined })
    .action((_, { args: [given] }: Command) => {
      throw new UsageError(wrongWord(given));
    })
    // Whatever follows an unknown command, the command is what is wrong.
    .allowUnknownOption()
    .allowExcessArguments()
    .hook('preAction', (_, command) => checkEffect(context, command));
  for (const [name, listed] of Object.entries(COMMANDS)) {
    const command = isWanted(name) ? (await listed.load())(context) : new Command(name);
    program.addCommand(listedAs(command.copyInheritedSettings(program), listed));
  }
  return program;
}

function listedAs(command: Command, { group, summary, examples }: ListedCommand): Command {
  const lines = examples.map((example) => `  foreprint ${example}`);
  return command
    .summary(summary)
    .helpGroup(group)
    .addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
    .allowExcessArguments(false);
}

function optionDescription(option: Option): string {
  const text = new Help().optionDescription(option);
  return option.mandatory ? `${text} (required)` : text;
}

function wrongWord(given: string | undefined): string {
  const list = '"foreprint --help" lists the commands';
  if (given === undefined) return `no command given; ${list}`;
  if (given.startsWith('-')) return `unknown option "${given}"; ${list}`;
  const nearest = nearestName(given, [...Object.keys(COMMANDS), 'help']);
  const advice = nearest === null ? list : `did you mean "${nearest}"?`;
  return `unknown command "${given}"; ${advice}`;
}
