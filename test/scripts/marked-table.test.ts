import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownTable, withTable } from '#scripts/marked-table.ts';

const DOCUMENT = [
  '# Results',
  '<!-- table:one -->\n\nold line\n\n| a |\n| - |\n| 1 |\n\n<!-- /table:one -->',
  'Text between.',
  '<!-- table:two -->\n\nother line\n\n| b |\n| - |\n| 2 |\n\n<!-- /table:two -->',
  'The end.\n',
].join('\n\n');

const table = { name: 'one', markdown: '| c |\n| - |\n| 3 |', provenance: '`npm run bench:x`' };

describe('withTable', () => {
  it('replaces a table and the line above it, and nothing else', () => {
    expect(withTable(DOCUMENT, table)).toBe(
      DOCUMENT.replace('old line', '`npm run bench:x`').replace(
        '| a |\n| - |\n| 1 |',
        '| c |\n| - |\n| 3 |',
      ),
    );
  });

  it('changes nothing when it is applied again', () => {
    const once = withTable(DOCUMENT, table);
    expect(withTable(once, table)).toBe(once);
  });

  it('keeps what a replacement pattern would interpret', () => {
    expect(withTable(DOCUMENT, { ...table, markdown: "| $& $1 $' |" })).toContain("| $& $1 $' |");
  });

  it.each([
    ['no such table', DOCUMENT, 'three'],
    ['an end before its beginning', '<!-- /table:one -->\n<!-- table:one -->', 'one'],
    ['no end', '<!-- table:one -->', 'one'],
    ['the table twice', `${DOCUMENT}${DOCUMENT}`, 'one'],
  ])('refuses a document with %s', (_, document, name) => {
    expect(() => withTable(document, { ...table, name })).toThrow(RangeError);
  });
});

describe('markdownTable', () => {
  it('takes its head from the first row and aligns numbers to the right', () => {
    const rows = [
      { policy: 'a|b', hours: 1.5 },
      { policy: 'c', hours: null },
    ];
    expect(markdownTable(rows)).toBe(
      '| policy | hours |\n| --- | ---: |\n| a\\|b | 1.5 |\n| c | – |',
    );
  });

  it('refuses to write an empty table', () => {
    expect(() => markdownTable([])).toThrow(RangeError);
  });
});

describe('docs/benchmarks', () => {
  const folder = join(import.meta.dirname, '../../docs/benchmarks');
  const documents = readdirSync(folder)
    .filter((file) => file !== 'README.md')
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

  it.each(documents)(
    '%s has a command and a date above every table that has figures',
    (_, text) => {
      const names = [...text.matchAll(/<!-- table:(\S+) -->/g)].map(([, name]) => name!);
      expect(names.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) {
        const [, block = ''] = text.split(`<!-- table:${name} -->`);
        const [inside = '', after] = block.split(`<!-- /table:${name} -->`);
        expect(after, name).toBeDefined();
        if (inside.trim() === 'Not measured yet.') continue;
        expect(inside.trim(), name).toMatch(/^`[^`]+`[^|]*\s·\s[^|]+\s·\s\d{4}-\d\d-\d\d\n\n\|/);
      }
    },
  );
});
