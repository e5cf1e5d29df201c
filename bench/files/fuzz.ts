import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench:fuzz -- [FILES] [SEED] [FIRST]`: reads that many changed files of every kind in a
 * process of its own, from the file FIRST on, and says which of them were not read as they have to
 * be, or not within a minute; status 1 if there are any.
 */
const [files = '2000', seed = '1', from = '0'] = process.argv.slice(2);
const CHILD = fileURLToPath(new URL('./fuzz-child.ts', import.meta.url));
const HANGS_MS = 60_000;

/** What the child says after each file. */
export interface FuzzNews {
  readonly done: number;
  readonly file: string;
  readonly status: number | null;
  readonly fault: string | null;
}

/** Files of a kind by how they ended. */
interface Tally {
  read: number;
  refused: number;
  other: number;
}

const faults: string[] = [];
const tallies = new Map<string, Tally>();
let next = Number(from);
// A file that hangs or ends the process is passed over by the next one.
while (next < Number(files)) next = await runFrom(next);
console.log(`files ${from} to ${files}, seed ${seed}`);
console.log('| kind | read (status 0) | refused (status 2) | without a status |');
console.log('| --- | --- | --- | --- |');
for (const [file, { read, refused, other }] of [...tallies].sort()) {
  console.log(`| ${file} | ${read} | ${refused} | ${other} |`);
}
console.log(`${faults.length} not as they have to be`);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function count({ file, status }: FuzzNews): void {
  const tally = tallies.get(file) ?? { read: 0, refused: 0, other: 0 };
  tallies.set(file, tally);
  if (status === 0) tally.read++;
  else if (status === 2) tally.refused++;
  else tally.other++;
}

function runFrom(first: number): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(CHILD, [files, seed, String(first)], { execArgv: ['--import', 'tsx'] });
    let done = first;
    let timer = watch(child);
    child.on('message', (news: FuzzNews) => {
      clearTimeout(timer);
      timer = watch(child);
      done = news.done;
      count(news);
      if (news.fault !== null) faults.push(`file ${done - 1} (${news.file}): ${news.fault}`);
      if (done % 100 === 0) console.error(`${done} of ${files}`);
    });
    child.on('exit', () => {
      clearTimeout(timer);
      if (done < Number(files)) faults.push(`file ${done}: hangs, or ends the process`);
      resolve(done < Number(files) ? done + 1 : done);
    });
  });
}

function watch(child: ChildProcess): NodeJS.Timeout {
  return setTimeout(() => child.kill('SIGKILL'), HANGS_MS);
}
