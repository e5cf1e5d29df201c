/** Writes docs/cli.md from the commands: `npx tsx scripts/write-cli-docs.ts`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cliDocsOf } from './format-cli-docs.ts';

const path = join(import.meta.dirname, '../docs/cli.md');
await writeFile(path, await cliDocsOf(path));
