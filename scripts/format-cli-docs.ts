import { PassThrough } from 'node:stream';
import { format, resolveConfig } from 'prettier';
import type { CommandContext } from '#cli/context/command-context.ts';
import { createWholeProgram } from '#cli/create-program.ts';
import { cliDocs } from './cli-docs.ts';

/** What docs/cli.md has to say, formatted as every file at this path is. */
export async function cliDocsOf(path: string): Promise<string> {
  const context: CommandContext = {
    print: () => undefined,
    errors: new PassThrough(),
    clock: { nowSeconds: () => 0 },
    signal: new AbortController().signal,
    hostname: 'HOST',
  };
  const program = await createWholeProgram(context);
  const options = { ...(await resolveConfig(path)), filepath: path, proseWrap: 'always' } as const;
  return format(cliDocs(program), options);
}
