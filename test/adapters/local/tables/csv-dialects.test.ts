import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { csvBlocks } from '#adapters/local/tables/csv-blocks.ts';
import { csvRecords } from '#adapters/local/tables/csv-records.ts';
import { lastRecordEnd } from '#adapters/local/tables/last-record-end.ts';
import { gzipped, inputErrorOf, inputFile } from '#test/adapters/local/input-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const LINE_ENDS = ['\n', '\r\n', '\r'] as const;

interface WrittenCell {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Cells in quotes hold anything; others nothing that needs quotes. */
const cell: fc.Arbitrary<WrittenCell> = fc.oneof(
  fc
    .string({
      unit: fc.constantFrom('a', 'é', '😀', ' ', ',', '"', '\n', '\r\n', '\r', ';'),
      maxLength: 6,
    })
    .map((text) => ({ text, isQuoted: true })),
  fc
    .string({ unit: fc.constantFrom('a', 'é', '😀', ' ', ';', '7'), maxLength: 6 })
    .map((text) => ({ text, isQuoted: false })),
);
const record = fc.record({
  cells: fc.array(cell, { minLength: 2, maxLength: 4 }),
  end: fc.constantFrom(...LINE_ENDS),
  blankLines: fc.nat(1),
});

const written = ({ text, isQuoted }: WrittenCell) =>
  isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
const linesIn = (text: string) => text.split(/\r\n|\n|\r/).length - 1;

async function recordsOf(path: string, gzip: boolean) {
  const all: { readonly cells: readonly string[]; readonly line: number }[] = [];
  for await (const block of csvBlocks(path, { gzip })) {
    const { records, lineOf } = csvRecords(path, block, ',');
    records.forEach((cells, k) => all.push({ cells, line: lineOf(k) }));
  }
  return all.filter(({ cells }) => cells.length > 1);
}

describe('CSV by RFC 4180', () => {
  it('is read whatever stands in quotes and however lines end, each record on its line', async () => {
    const directory = await temporaryDirectory();
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        async (records, hasMark, isLastOpen, gzip) => {
          let [text, line] = ['', 1];
          const expected = records.map(({ cells, end, blankLines }, k) => {
            const own = cells.map(written).join(',');
            const isOpen = isLastOpen && k === records.length - 1;
            // Behind CR alone, LF would make one line end of two.
            const blank = isOpen ? '' : (end === '\r' ? '\r' : '\n').repeat(blankLines);
            const begin = line;
            text += own + (isOpen ? '' : end) + blank;
            line += linesIn(own) + (isOpen ? 0 : 1) + blank.length;
            return { cells: cells.map((c) => c.text), line: begin };
          });
          const content = (hasMark ? '\uFEFF' : '') + text;
          const path = join(directory, gzip ? 't.csv.gz' : 't.csv');
          await writeFile(path, gzip ? gzipped(content) : content);
          expect(await recordsOf(path, gzip)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is cut only between records', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), fc.nat(200), (records, at) => {
        const texts = records.map(({ cells, end }) => cells.map(written).join(',') + end);
        const bytes = Buffer.from(texts.join(''));
        const ends = texts.map((_, k) => Buffer.byteLength(texts.slice(0, k + 1).join('')));
        const end = lastRecordEnd(bytes.subarray(0, at));
        // CRLF may be cut in the middle only where nothing shows that it is one.
        expect([0, ...ends]).toContain(end);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same in blocks of any size', async () => {
    const lines = Array.from({ length: 60_000 }, (_, k) =>
      k % 50 === 0 ? `"s,${k >> 14}",${k},"${k}"` : `s${k >> 14},${k},${k}`,
    );
    const file = await readSeries(
      await inputFile('s.csv', ['unique_id,ds,y', ...lines, ''].join('\r\n')),
    );
    expect(file.y).toEqual(Float64Array.from(lines, (_, k) => k));
    expect(new Set(file.ids).size).toBe(8);
  });
});

describe('CSV dialects', () => {
  const rows = [
    'a,2026-01-05T00:00:00Z,10',
    'a,2026-01-05T01:00:00Z,11',
    'a,2026-01-05T02:00:00Z,',
  ];
  const HEADER = 'unique_id,ds,y';

  it.each([
    [
      'commas and quotes in a header',
      ['"unique_id","ds","y","cpu {pod=""x"", ns=""y""}"', ...rows.map((row) => `${row},1`)].join(
        '\n',
      ),
    ],
    ['trailing separators', [HEADER, ...rows].map((row) => `${row},,`).join('\n')],
    ['trailing separators in rows only', [HEADER, ...rows.map((row) => `${row},`)].join('\n')],
    ['trailing separators in the header only', [`${HEADER},`, ...rows].join('\n')],
    ['CRLF, then LF', `${HEADER}\r\n${rows[0]}\r\n${rows[1]}\n${rows[2]}\n`],
    ['LF, then CRLF', `${HEADER}\n${rows[0]}\n${rows[1]}\r\n${rows[2]}\r\n`],
    ['CR alone', [HEADER, ...rows].join('\r')],
    ['a byte order mark', `\uFEFF${[HEADER, ...rows].join('\r\n')}`],
    ['a byte order mark and quotes', `\uFEFF"unique_id","ds","y"\r\n${rows.join('\r\n')}`],
    ['blank lines', `\n${HEADER}\n\n${rows.join('\n   \n')}\n\n`],
    ['names in capitals, with blanks', ['Unique_ID , DS,  Y ', ...rows].join('\n')],
    [
      'a column that nobody needs twice',
      ['unique_id,ds,y,x,x', ...rows.map((row) => `${row},1,2`)].join('\n'),
    ],
    [
      'a quoted line end in a column that nobody needs',
      ['unique_id,note,ds,y', ...rows.map((row) => row.replace(',', ',"two\r\nlines",'))].join(
        '\n',
      ),
    ],
  ])('reads %s', async (_, text) => {
    const { ids, ds, dsText, y } = await readSeries(await inputFile('s.csv', text));
    const start = Date.UTC(2026, 0, 5) / 1000;
    expect(ids).toEqual(['a']);
    expect([...ds]).toEqual([start, start + 3600, start + 7200]);
    expect(dsText[1]).toBe('2026-01-05T01:00:00Z');
    expect([...y]).toEqual([10, 11, NaN]);
  });

  it.each([
    [';', 'line 1: its columns are separated by ";"; they have to be separated by commas'],
    ['\t', 'line 1: its columns are separated by tabs; they have to be separated by commas'],
    ['|', 'line 1: its columns are separated by "|"; they have to be separated by commas'],
  ])('says what is wrong with columns separated by %j', async (separator, expected) => {
    const text = [HEADER, ...rows].join('\n').replaceAll(',', separator);
    const error = await inputErrorOf(readSeries(await inputFile('s.csv', text)));
    expect(error.message).toBe(`${error.file}: ${expected}`);
  });

  it.each([
    ['text behind a quoted line end', 'a,"x\ny",1,1\na,z,x,2', 4, '"x" is not a whole number'],
    ['text behind CRLF in quotes', 'a,"x\r\n\r\ny",1,1\r\na,z,2,x', 5, '"x" is not a number'],
    ['text behind blank lines', '\n\na,z,1,x', 4, '"x" is not a number'],
    ['a quote that is not closed', 'a,z,1,1\na,"z,2,2\na,z,3,3', 3, 'a quote is not closed'],
    ['text after a closing quote', 'a,z,1,1\na,"z"z,2,2', 3, 'something follows the closing quote'],
    ['a quote within a cell', 'a,z,1,1\na,z"z,2,2', 3, 'a quote stands within a cell'],
    ['too few cells', 'a,"x\ny",1,1\na,1', 4, 'has 2 cells where the header has 4'],
    ['too many cells', 'a,z,1,1\na,z,2,2,3', 3, 'has 5 cells where the header has 4'],
    ['a byte that is no UTF-8', Buffer.from('a,z,1,1\na,\xe9,2,2', 'latin1'), 3, 'is not UTF-8'],
  ])('names the line of %s as an editor counts it', async (_, rest, line, problem) => {
    const first = Buffer.from('unique_id,note,ds,y\n');
    const content = Buffer.concat([first, Buffer.from(rest)]);
    for (const [name, bytes] of [
      ['s.csv', content],
      ['s.csv.gz', gzipped(content)],
    ] as const) {
      const error = await inputErrorOf(readSeries(await inputFile(name, bytes)));
      expect(error.problem).toContain(problem);
      expect(error.line).toBe(line);
    }
  });
});

describe('a last line of 31 MB without a line end', () => {
  it.each(['1', '"1'])('is an error, not dropped: %s…', async (begin) => {
    const text = `unique_id,ds,y\na,1,1\na,2,${begin}${'1'.repeat(31_000_000)}`;
    const error = await inputErrorOf(readSeries(await inputFile('s.csv.gz', gzipped(text))));
    expect(error.line).toBe(3);
    expect(error.problem).toMatch(/is longer than 1048576 bytes|a quote is not closed/);
  });
});
