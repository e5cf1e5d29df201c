import { describe, expect, it } from 'vitest';
import { countCode } from '#scripts/structure/count-code.ts';
import { measureStructure } from '#scripts/structure/measure-structure.ts';
import type { SourceText } from '#scripts/structure/read-sources.ts';
import { structureFaults } from '#scripts/structure/structure-faults.ts';

/** A made-up checkout: the text of every file by its path. */
function checkout(files: Readonly<Record<string, string>>): SourceText[] {
  return Object.entries(files).map(([file, text]) => ({ file, text }));
}

/** Files of which each imports the next one. */
function chain(length: number, importOf: (file: string) => string): SourceText[] {
  const files = Array.from({ length }, (_, k) => `core/step${k}/file.ts`);
  return files.map((file, k) => ({ file, text: k + 1 < length ? importOf(files[k + 1]!) : '' }));
}

describe('structureFaults', () => {
  it('finds nothing where imports point one way', () => {
    const sources = checkout({
      'cli/main.ts':
        "import { a } from '#core/a.ts';\nimport path from 'node:path';\nvoid a, path;",
      'core/a.ts': "export { b as a } from './b.ts';",
      'core/b.ts': 'export const b = 1;',
    });
    expect(structureFaults(sources)).toEqual([]);
  });

  it('names a circle of folders whose files are in none', () => {
    const sources = checkout({
      'core/plan/a.ts': "import { x } from '#core/learn/x.ts';\nvoid x;",
      'core/plan/b.ts': 'export const b = 1;',
      'core/learn/x.ts': 'export const x = 1;',
      'core/learn/y.ts': "import { b } from '../plan/b.ts';\nvoid b;",
    });
    expect(structureFaults(sources)).toEqual([
      'circle of folders: core/learn → core/plan → core/learn ' +
        '(core/learn/y.ts imports core/plan/b.ts; core/plan/a.ts imports core/learn/x.ts)',
    ]);
  });

  it('names a circle of rooms whose folders are in none', () => {
    const sources = checkout({
      'core/plan/deep/a.ts': "import { x } from '#models/series/x.ts';\nvoid x;",
      'models/series/x.ts': 'export const x = 1;',
      'models/onnx/y.ts': "import { b } from '#core/text/b.ts';\nvoid b;",
      'core/text/b.ts': 'export const b = 1;',
    });
    expect(structureFaults(sources)).toEqual([
      'circle of folders: core → models → core ' +
        '(core/plan/deep/a.ts imports models/series/x.ts; models/onnx/y.ts imports core/text/b.ts)',
    ]);
  });

  it('counts imports of types and imports while running as parts of a circle of files', () => {
    const sources = checkout({
      'core/a.ts': "import type { B } from './b.ts';\nexport type A = B;",
      'core/b.ts': "export const load = () => import('./c.ts');",
      'core/c.ts': "export type C = import('./a.ts').A;",
    });
    expect(structureFaults(sources)).toEqual([
      'circle of files: core/a.ts → core/b.ts → core/c.ts → core/a.ts',
    ]);
  });

  it('refuses the 21st file in a folder', () => {
    const files = (count: number) =>
      Array.from({ length: count }, (_, k) => ({ file: `core/text/f${k}.ts`, text: '' }));
    expect(structureFaults(files(20))).toEqual([]);
    expect(structureFaults(files(21))).toEqual(['21 files in core/text, at most 20']);
  });

  it('refuses the 11th file of a chain of imports of values', () => {
    const value = (file: string) => `import { x } from '#${file}';\nvoid x;`;
    expect(structureFaults(chain(10, value))).toEqual([]);
    expect(structureFaults(chain(11, value))).toEqual([
      expect.stringMatching(/^chain of 11 imports, at most 10: core\/step0\/file.ts → core\/step1/),
    ]);
    expect(structureFaults(chain(11, (file) => `import type { X } from '#${file}';`))).toEqual([]);
    expect(structureFaults(chain(11, (file) => `void import('#${file}');`))).toEqual([]);
  });
});

describe('measureStructure', () => {
  it('does not start a chain in a test', () => {
    const sources = checkout({
      'test/core/a.test.ts': "import { a } from '#core/a.ts';\nvoid a;",
      'core/a.ts': 'export const a = 1;',
    });
    expect(measureStructure(sources).longestChain).toEqual(['core/a.ts']);
  });
});

describe('countCode', () => {
  it('tells code from comment, and a non-null mark from a negation', () => {
    const text = [
      '/**',
      ' * Says what it is.',
      ' */',
      'export function first(values: readonly number[]): number {',
      '  // Why it is.',
      '  if (!values.length || values[0] !== values[0]!) throw new Error(`none //',
      '  !`);',
      '',
      '  return values[0]!; // The first.',
      '}',
      '',
    ].join('\n');
    expect(countCode([{ file: 'core/first.ts', text }])).toEqual({
      files: 1,
      lines: 10,
      codeLines: 5,
      commentLines: 4,
      nonNullMarks: 2,
      longestFunction: { file: 'core/first.ts', line: 4, lines: 7 },
    });
  });
});
