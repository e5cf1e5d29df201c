import type { Command } from 'commander';

const INTRODUCTION = `# The command line

\`npx tsx scripts/write-cli-docs.ts\` writes this page from the commands. A test fails where the page
differs from what \`npx foreprint COMMAND --help\` says.

In a checkout the commands work as \`npx foreprint …\` once \`npm ci\` has run.`;

/** Wide enough that no description is broken into lines. */
const UNBROKEN = 10_000;

/**
 * The commands of a program in markdown: a list of all, then a section with the options of each.
 */
export function cliDocs(program: Command): string {
  const commands = program.commands.filter((command) => command.name() !== 'help');
  const index = commands.map(
    (command) => `- [\`${command.name()}\`](#${command.name()}) ${prose(command.description())}`,
  );
  return [INTRODUCTION, index.join('\n'), ...commands.map(commandSection)].join('\n\n') + '\n';
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
  ].join('\n\n');
}

function sentence(text: string): string {
  const ended = text.endsWith('.') ? text : `${text}.`;
  return ended[0]!.toUpperCase() + ended.slice(1);
}

/** Text in which markdown finds nothing to interpret. */
function prose(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, (character) => `\\${character}`);
}
