import { Argument, Command } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { completionScript, SHELLS, type Shell } from '#cli/presenters/completion-script.ts';

/** `foreprint completion`: what a shell needs to complete commands and options. */
export function completionCommand(context: CommandContext): Command {
  return new Command('completion')
    .description('prints what a shell needs to complete commands, options and files')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(SHELLS))
    .action((shell: Shell, _options: unknown, { parent }: Command) => {
      if (parent) context.print(completionScript(parent, shell));
    });
}
