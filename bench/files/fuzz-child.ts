import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCandidates } from '#cli/work/open-candidates.ts';
import { checkFile, type FuzzOutcome } from '#test/fuzz/check-file.ts';
import { fuzzKinds, type FuzzKind } from '#test/fuzz/fuzz-kinds.ts';
import { anyOf, seededRandom } from '#test/fuzz/random.ts';
import type { FuzzNews } from './fuzz.ts';

/** Files that share a directory and its store. */
const TOGETHER = 100;
/** A process each: of these one in so many that fall to them. */
const CANDIDATES = 10;
const ONNX = new URL('../../test/models/families/external/golden/naive-day.onnx', import.meta.url);

const [files, seed, first] = process.argv.slice(2).map(Number) as [number, number, number];
const kinds = await fuzzKinds(await readFile(ONNX));
let directory = '';
for (let k = 0; k < files; k++) {
  // A seed for each, so that one of them can be read alone.
  const random = seededRandom(seed * 1_000_003 + k);
  const kind = anyOf(random, kinds);
  const bytes = kind.mutate(random);
  if (k < first) continue;
  if (directory === '' || k % TOGETHER === 0) directory = await newDirectory(directory);
  const outcome = await check(kind, bytes, k);
  process.send!({ done: k + 1, file: kind.file, ...outcome } satisfies FuzzNews);
}
await rm(directory, { recursive: true, force: true });
process.exit(0);

async function newDirectory(old: string): Promise<string> {
  if (old !== '') await rm(old, { recursive: true, force: true });
  return mkdtemp(join(tmpdir(), 'foreprint-fuzz-'));
}

async function check(kind: FuzzKind, bytes: Buffer, k: number): Promise<FuzzOutcome> {
  if (kind.read !== 'candidate') return checkFile(directory, kind, bytes);
  const unread = { status: null, fault: null };
  if (k % CANDIDATES !== 0) return unread;
  const path = join(directory, kind.file);
  await writeFile(path, bytes);
  try {
    // It is refused with a note, or it competes: nothing is thrown.
    await withCandidates({ directory, note: () => undefined }, async () => undefined);
    return unread;
  } catch (error) {
    return { ...unread, fault: error instanceof Error ? error.stack! : String(error) };
  } finally {
    await rm(path, { force: true });
  }
}
