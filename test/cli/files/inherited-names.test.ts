import { describe, expect, it } from 'vitest';
import { readUnit } from '#adapters/local/values/unit.ts';
import { applicationName } from '#adapters/prometheus/application-name.ts';
import { COUNT, filesIn, imported, isoOf, refusal, steps, stored } from './import-file.ts';

const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

/** Names that every JavaScript object has are names like any others. */
describe.each(INHERITED)('%s', (name) => {
  const wide = (column: string) =>
    `Time,${column}\n${steps(COUNT, (_, seconds) => `${isoOf(seconds)},2`)}\n`;

  it('is no unit', async () => {
    for (const text of [name, `${name}/step`, `share:4${name}`]) {
      expect([readUnit('cpu', text), readUnit('memory', text)]).toEqual([null, null]);
    }
    const directory = await filesIn({ 't.csv': wide('web') });
    expect(await refusal(directory, 't.csv', '--unit', `cpu=${name}`)).toMatch(/^--unit: unusable/);
    expect(await refusal(directory, 't.csv', '--epoch', `2026-01-05,${name}`)).toMatch(
      /^--epoch: unusable/,
    );
    const cells = await filesIn({ 't.csv': wide('web').replaceAll(',2\n', `,2 ${name}\n`) });
    expect(await refusal(cells, 't.csv', '--resource', 'cpu')).toContain('line 2: column web');
  });

  it('is a missing label, or one that is there', async () => {
    const labelled = wide('"{app=""web""}"');
    const directory = await filesIn({ 't.csv': labelled });
    const cpu = ['--resource', 'cpu'];
    expect(await refusal(directory, 't.csv', ...cpu, '--by', name)).toContain(
      `has no label ${name}`,
    );
    expect(applicationName({ app: 'web' }, [name])).toBe('all');
    const own = await filesIn({ 't.csv': wide(`"{${name}=""x"", zone=""b""}"`) });
    await imported(own, 't.csv', ...cpu, '--by', name);
    expect(Object.keys(await stored(own))).toEqual(['x']);
  });
});
