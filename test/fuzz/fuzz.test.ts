import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { checkFile } from './check-file.ts';
import { countRows } from './count-rows.ts';
import { fuzzKinds, type FuzzKind } from './fuzz-kinds.ts';
import { seededRandom } from './random.ts';

const CANDIDATE = new URL('../models/families/external/golden/naive-day.onnx', import.meta.url);
/** Of each kind; `npm run bench:fuzz` does as many as are asked for. */
const FILES = { series: 24, trace: 6, settings: 12, candidate: 0 } as const;

let kinds: readonly FuzzKind[] = [];
beforeAll(async () => {
  kinds = await fuzzKinds(await readFile(CANDIDATE));
});

describe('changed files of every kind', () => {
  it('are read while they are good', async () => {
    const directory = await temporaryDirectory();
    for (const kind of kinds) {
      const { fault, status } = await checkFile(directory, kind, kind.bytes);
      expect([kind.file, fault, status]).toEqual([kind.file, null, status === null ? null : 0]);
    }
  });

  it('give status 0 with every row accounted for, or 2 with one line (seed 1)', async () => {
    const directory = await temporaryDirectory();
    const random = seededRandom(1);
    const statuses: (number | null)[] = [];
    for (const kind of kinds) {
      for (let k = 0; k < FILES[kind.read]; k++) {
        const bytes = kind.mutate(random);
        const { status, fault } = await checkFile(directory, kind, bytes);
        expect(fault, `${kind.file} ${k}: ${bytes.toString('base64').slice(0, 4000)}`).toBeNull();
        statuses.push(status);
      }
    }
    // Changes that always or never matter would test nothing.
    const refused = statuses.filter((status) => status === 2).length;
    expect(refused / statuses.length).toBeGreaterThan(0.2);
    expect(refused / statuses.length).toBeLessThan(0.85);
  });
});

it('countRows counts rows, not lines', () => {
  expect(countRows('a,b\n1,"x\ny"\n\n2,3')).toBe(2);
  expect(countRows('\uFEFFa\r\n1\r\n \r\n"\r\n"\r\n')).toBe(2);
  expect(countRows('')).toBe(0);
});
