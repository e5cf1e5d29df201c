import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { cliDocs } from '#scripts/cli-docs.ts';
import { cliDocsOf } from '#scripts/format-cli-docs.ts';

const PATH = join(import.meta.dirname, '../../docs/cli.md');

describe('docs/cli.md', () => {
  it('is what scripts/write-cli-docs.ts writes', async () => {
    expect(await readFile(PATH, 'utf8')).toBe(await cliDocsOf(PATH));
  });
});

describe('cliDocs', () => {
  it('lists commands, arguments and options with defaults, and escapes markdown', () => {
    const program = new Command('some');
    program
      .command('paint')
      .description('paints a wall')
      .argument('<wall>', 'the wall')
      .option('--colour <name>', 'one of *two*', 'a')
      .action(() => undefined);
    const text = cliDocs(program);
    expect(text).toContain('- [`paint`](#paint) paints a wall');
    expect(text).toContain('`foreprint paint [options] <wall>`\n\nPaints a wall.');
    expect(text).toContain('- `wall`: the wall');
    expect(text).toContain('- `--colour <name>`: one of \\*two\\* (default: "a")');
    expect(text).toContain('- `-h, --help`: display help for command');
  });
});
