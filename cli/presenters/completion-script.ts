import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly { readonly name: string; readonly description: string }[];
}

/**
 * A script that completes the names of commands, their options, and files everywhere else.
 * @param program with all commands loaded.
 */
export function completionScript(program: Command, shell: Shell): string {
  const help = program.createHelp();
  const commands = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: help.visibleOptions(command).flatMap(({ long, description }) => {
      return long ? [{ name: long, description }] : [];
    }),
  }));
  if (shell === 'fish') return fish(commands);
  // Zsh runs the functions of bash.
  return shell === 'zsh'
    ? `autoload -U bashcompinit && bashcompinit\n${bash(commands)}`
    : bash(commands);
}

function bash(commands: readonly Completed[]): string {
  const names = [...commands.map(({ name }) => name), 'help', '--help', '--version'];
  const cases = commands.map(
    ({ name, options }) =>
      `    ${name}) words="${options.map((option) => option.name).join(' ')}" ;;`,
  );
  return `_foreprint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ] || [ "\${COMP_WORDS[1]}" = help ]; then
    COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _foreprint foreprint`;
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c foreprint -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      (option) =>
        `complete -c foreprint -n '__fish_seen_subcommand_from ${name}' -l ${option.name.slice(2)} -d ${quoted(option.description)}`,
    ),
  ]);
  return [...lines, 'complete -c foreprint -n __fish_use_subcommand -f -a help'].join('\n');
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, (sign) => `\\${sign}`)}'`;
