import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCandidates } from '#cli/work/open-candidates.ts';
import { checkFile, type FuzzOutcome } from '#test/fuzz/check-file.ts';
import { fuzzKinds } from '#test/fuzz/fuzz-kinds.ts';
import { seededRandom } from '#test/fuzz/random.ts';
import type { FuzzNews } from './fuzz.ts';

/** Files that share a directory and its store. */
const TOGETHER = 100;
/** One in so many candidates is read. */
const CANDIDATES = 10;
const ONNX = new URL('../../test/models/families/external/golden/naive-day.onnx', import.meta.url);

const [files, seed, first] = process.argv.slice(2).map(Number) as [number, number, number];
const kinds = await fuzzKinds(await readFile(ONNX));
let directory = '';
for (let k = first; k < files * kinds.length; k++) {
  const kind = kinds[k % kinds.length]!;
  if (kind.read === 'candidate' && Math.floor(k / kinds.length) % CANDIDATES !== 0) continue;
  // A seed for each, so that one of them can be read alone.
  const bytes = kind.mutate(seededRandom(seed * 1_000_003 + k));
  if (directory === '' || k % TOGETHER === 0) directory = await newDirectory(directory);
  const outcome = await (kind.read === 'candidate'
    ? checkCandidate(bytes)
    : checkFile(directory, kind, bytes));
  process.send!({ done: k + 1, kind: kind.name, ...outcome } satisfies FuzzNews);
}
await rm(directory, { recursive: true, force: true });
process.exit(0);

async function newDirectory(old: string): Promise<string> {
  if (old !== '') await rm(old, { recursive: true, force: true });
  return mkdtemp(join(tmpdir(), 'foreprint-fuzz-'));
}

/** It is refused with one line, or it may compete: nothing is thrown. */
async function checkCandidate(bytes: Buffer): Promise<FuzzOutcome> {
  const path = join(directory, 'c.onnx');
  const notes: string[] = [];
  await writeFile(path, bytes);
  try {
    const note = (text: string) => void notes.push(text);
    await withCandidates({ directory, note }, async () => undefined);
    const isLine = notes.every((text) => !text.includes('\n'));
    const fault = isLine && notes.length <= 1 ? null : notes.join('\n');
    return { status: notes.length === 0 ? 0 : 2, fault };
  } catch (error) {
    return { status: null, fault: error instanceof Error ? error.stack! : String(error) };
  } finally {
    await rm(path, { force: true });
  }
}
