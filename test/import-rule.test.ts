import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

// The rules asked here need no types, and files that do not exist have none.
const eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });

/** Rules that a file with this text at this path breaks. */
async function broken(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return result!.messages.map(({ ruleId }) => ruleId);
}

describe('the import rule', () => {
  it.each([
    ['models/some.ts', "import { RESOURCES } from '#core/domain/footprint.ts';\nvoid RESOURCES;\n"],
    [
      'core/some.ts',
      "import { readTrace } from '#adapters/local/traces/read-trace.ts';\nvoid readTrace;\n",
    ],
    ['core/some.ts', "import { readFile } from 'node:fs/promises';\nvoid readFile;\n"],
    ['core/some.ts', "import { vpa } from '#evaluation/baselines/vpa.ts';\nvoid vpa;\n"],
    ['adapters/local/some.ts', "import { main } from '#cli/main.ts';\nvoid main;\n"],
    ['cli/some.ts', "import { Foreprint } from '#cdk/foreprint.ts';\nvoid Foreprint;\n"],
    ['cli/some.ts', "import { handler } from '#functions/ingest.ts';\nvoid handler;\n"],
    [
      'cli/some.ts',
      "import { killSwitch } from '#functions/wiring/switch.ts';\nvoid killSwitch;\n",
    ],
    ['cdk/some.ts', "import { x } from '#core/domain/footprint.ts';\nvoid x;\n"],
    ['cdk/configuration/some.ts', "import { x } from '#core/domain/footprint.ts';\nvoid x;\n"],
    ['core/allocate/some.ts', "import { x } from '../../models/series.ts';\nvoid x;\n"],
  ])('refuses an arrow that points outward: %s', async (path, text) => {
    expect(await broken(path, text)).toEqual(['no-restricted-imports']);
  });

  it('refuses a clock and a random source in the core, and barrels everywhere', async () => {
    expect(await broken('core/some.ts', 'export const now = Date.now();\n')).toEqual([
      'no-restricted-properties',
    ]);
    expect(await broken('models/some.ts', 'export const r = Math.random();\n')).toEqual([
      'no-restricted-properties',
    ]);
    expect(await broken('core/some.ts', "export * from './measured.ts';\n")).toEqual([
      'no-restricted-syntax',
    ]);
  });

  it('lets the command line use the names that it shares with the deployment', async () => {
    const text = "import { MODE_TAG } from '#cdk/configuration/group-tags.ts';\nvoid MODE_TAG;\n";
    expect(await broken('cli/some.ts', text)).toEqual([]);
  });

  it('lets the deployment use the settings, and nothing else of the core', async () => {
    const text = "import { section } from '#core/domain/settings/sections.ts';\nvoid section;\n";
    expect(await broken('cdk/some.ts', text)).toEqual([]);
    expect(await broken('cdk/configuration/some.ts', text)).toEqual([]);
  });

  it('lets the core use models', async () => {
    const text = "import { fillGaps } from '#models/series/fill-gaps.ts';\nvoid fillGaps;\n";
    expect(await broken('core/some.ts', text)).toEqual([]);
  });
});
