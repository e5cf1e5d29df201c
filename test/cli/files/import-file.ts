import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { withStore } from '#cli/store/with-store.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInDirectory } from '#test/cli/run-in-process.ts';

/** Start of all inputs. */
export const START = Date.UTC(2026, 0, 5) / 1000;

/** Lines for a number of steps of five minutes. */
export function steps(count: number, line: (k: number, seconds: number) => string): string {
  return Array.from({ length: count }, (_, k) => line(k, START + k * 300)).join('\n');
}

export const isoOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
export const wallOf = (seconds: number): string => isoOf(seconds).slice(0, 19).replace('T', ' ');

/** A directory with these files. */
export async function filesIn(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), content);
  }
  return directory;
}

/** Imports with one command, and returns what it remarked. */
export async function imported(directory: string, ...args: readonly string[]): Promise<string> {
  const { status, stderr } = await runInDirectory(directory, 'import', ...args);
  expect([status, /foreprint: .*/.exec(stderr)?.[0]]).toEqual([0, undefined]);
  return stderr;
}

/** The one line with which `import` refuses an input. */
export async function refusal(directory: string, ...args: readonly string[]): Promise<string> {
  const { status, stderr } = await runInDirectory(directory, 'import', ...args);
  expect(status).toBe(2);
  const lines = stderr.split('\n').filter((line) => line.startsWith('foreprint: '));
  expect(lines).toHaveLength(1);
  return lines[0]!.replace('foreprint: ', '');
}

/** Values of a resource from the first measured step on, and that step in seconds after START. */
export interface StoredValues {
  readonly from: number;
  readonly step: number;
  readonly values: readonly number[];
}

/** What the store in a directory holds, by application and resource. */
export async function stored(
  directory: string,
): Promise<Record<string, Partial<Record<Resource, StoredValues>>>> {
  const store = { directory: join(directory, '.foreprint'), signal: new AbortController().signal };
  return withStore(store, async ({ history }) => {
    const found: Record<string, Partial<Record<Resource, StoredValues>>> = {};
    for (const known of await history.applications()) {
      const { applicationId, stepSeconds: step, firstSeconds, lastSeconds } = known;
      const range = { fromSeconds: firstSeconds, toSeconds: lastSeconds + step };
      const window = await history.read(applicationId, range, step);
      const measured = RESOURCES.flatMap((resource) => {
        const values = [...window.values[resource]];
        return values.every(Number.isNaN)
          ? []
          : [[resource, { from: firstSeconds - START, step, values }] as const];
      });
      found[applicationId] = Object.fromEntries(measured);
    }
    return found;
  });
}

/** Steps of every input, and the cores in use in each. */
export const COUNT = 6;
export const cores = (k: number): number => 1 + k / 4;
export const all = Array.from({ length: COUNT }, (_, k) => cores(k));
export const list = <T>(of: (k: number, seconds: number) => T): T[] =>
  Array.from({ length: COUNT }, (_, k) => of(k, START + k * 300));

const rounded = (values: readonly number[]): readonly number[] =>
  values.map((value) => Number(value.toFixed(6)));

/** Imports one file with one command and checks a resource of an application. */
export async function holds(
  [name, content]: readonly [string, string | Uint8Array],
  options: readonly string[],
  expected: Readonly<Record<string, Partial<Record<Resource, readonly number[]>>>>,
): Promise<void> {
  const directory = await filesIn({ [name]: content });
  await imported(directory, name, ...options);
  const found = await stored(directory);
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [application, resources] of Object.entries(expected)) {
    for (const [resource, values] of Object.entries(resources)) {
      const column = found[application]?.[resource as Resource];
      expect(column?.from, `${application} ${resource}`).toBe(0);
      expect(column?.step).toBe(300);
      expect(rounded(column?.values ?? [])).toEqual(rounded(values));
    }
  }
}
