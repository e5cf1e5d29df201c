import type { Command } from 'commander';
import { COMMANDS } from '#cli/command-list.ts';

const INTRODUCTION = `# The command line

\`npx tsx scripts/write-cli-docs.ts\` writes this page from the commands. A test fails where the page
differs from what \`npx foreprint COMMAND --help\` says.

Installed from npm the command is \`foreprint\`; in a checkout it is \`npx foreprint\` once \`npm ci\`
has run. \`foreprint completion bash\`, \`zsh\` or \`fish\` prints what a shell needs to complete it.

No option is ignored in silence. One that has nothing to act on, as \`--currency\` without \`--price\`,
is named on standard error: "--currency has no effect: only with --price". So is one that a file
makes needless, as \`--resource\` for a trace whose columns are resources. Where something else would
be read, written or done than was asked for, as by \`import t.csv --dry-run\`, the command is refused
with status 2 before it does anything; so is one that would write a file that it reads, or one file
twice.`;

/** Wide enough that no description is broken into lines. */
const UNBROKEN = 10_000;

/**
 * The commands of a program in markdown: a list of all, then a section with the options of each.
 */
export function cliDocs(program: Command): string {
  const commands = program.commands.filter((command) => command.name() !== 'help');
  const groups = new Set(commands.map((command) => command.helpGroup()));
  const index = [...groups].map((group) => {
    const own = commands.filter((command) => command.helpGroup() === group);
    const lines = own.map(
      (command) =>
        `- [\`${command.name()}\`](#${command.name()}) ${prose(command.summary() || command.description())}`,
    );
    return `${group}\n\n${lines.join('\n')}`;
  });
  return [INTRODUCTION, ...index, ...commands.map(commandSection)].join('\n\n') + '\n';
}

function commandSection(command: Command): string {
  const help = command.createHelp();
  help.helpWidth = UNBROKEN;
  const terms = [
    ...help
      .visibleArguments(command)
      .map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)]),
    ...help
      .visibleOptions(command)
      .map((option) => [help.optionTerm(option), help.optionDescription(option)]),
  ].map(([term, description]) => `- \`${term}\`: ${prose(description!)}`);
  return [
    `## ${command.name()}`,
    `\`foreprint ${command.name()} ${command.usage()}\``,
    sentence(prose(command.description())),
    terms.join('\n'),
    ...examplesOf(command),
  ].join('\n\n');
}

function examplesOf(command: Command): readonly string[] {
  const { examples = [] } = COMMANDS[command.name()] ?? {};
  if (examples.length === 0) return [];
  return [['```', ...examples.map((line) => `foreprint ${line}`), '```'].join('\n')];
}

function sentence(text: string): string {
  const ended = text.endsWith('.') ? text : `${text}.`;
  return ended[0]!.toUpperCase() + ended.slice(1);
}

/** Text in which markdown finds nothing to interpret. */
function prose(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, (character) => `\\${character}`);
}
