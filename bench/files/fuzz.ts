import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench:fuzz -- [FILES] [SEED]`: reads so many changed files of every kind in a process of
 * its own and says which of them were not read as they have to be, or not within a minute; status 1
 * if there are any. Of candidates it reads a tenth, as each takes a process of its own.
 */
const [files = '2000', seed = '1'] = process.argv.slice(2);
const CHILD = fileURLToPath(new URL('./fuzz-child.ts', import.meta.url));
const HANGS_MS = 60_000;

/** What the child says after each file. */
export interface FuzzNews {
  readonly done: number;
  readonly kind: string;
  readonly status: number | null;
  readonly fault: string | null;
}

/** Files of a kind by how they ended. */
interface Tally {
  read: number;
  refused: number;
}

const faults: string[] = [];
const tallies = new Map<string, Tally>();
let next: number | null = 0;
// A file that hangs or ends the process is passed over by the next one.
while (next !== null) next = await runFrom(next);
console.log(`${files} files of every kind, seed ${seed}`);
console.log('| kind | read (status 0) | refused (status 2) |');
console.log('| --- | --: | --: |');
for (const [kind, { read, refused }] of tallies) console.log(`| ${kind} | ${read} | ${refused} |`);
console.log(`${faults.length} not as they have to be`);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function count({ kind, status, fault, done }: FuzzNews): void {
  const tally = tallies.get(kind) ?? { read: 0, refused: 0 };
  tallies.set(kind, tally);
  if (status === 0) tally.read++;
  if (status === 2) tally.refused++;
  if (fault !== null) faults.push(`file ${done - 1} (${kind}): ${fault}`);
  if (done % 500 === 0) console.error(`${done} files`);
}

/** @returns the file to go on with; null if there is none. */
function runFrom(first: number): Promise<number | null> {
  return new Promise((resolve) => {
    const child = fork(CHILD, [files, seed, String(first)], { execArgv: ['--import', 'tsx'] });
    let done = first;
    let timer = watch(child);
    child.on('message', (news: FuzzNews) => {
      clearTimeout(timer);
      timer = watch(child);
      done = news.done;
      count(news);
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) return resolve(null);
      faults.push(`file ${done} or a candidate behind it: hangs, or ends the process`);
      resolve(done + 1);
    });
  });
}

function watch(child: ChildProcess): NodeJS.Timeout {
  return setTimeout(() => child.kill('SIGKILL'), HANGS_MS);
}
