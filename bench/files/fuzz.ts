import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench:fuzz -- [FILES] [SEED]`: reads that many changed files of every kind in a process
 * of its own and says which of them were not read as they have to be, or not within a minute;
 * status 1 if there are any.
 */
const [files = '2000', seed = '1'] = process.argv.slice(2);
const CHILD = fileURLToPath(new URL('./fuzz-child.ts', import.meta.url));
const HANGS_MS = 60_000;

/** What the child says after each file. */
export interface FuzzNews {
  readonly done: number;
  readonly file: string;
  readonly status: number | null;
  readonly fault: string | null;
}

const faults: string[] = [];
const statuses = new Map<number | null, number>();
let next = 0;
// A file that hangs or ends the process is passed over by the next one.
while (next < Number(files)) next = await runFrom(next);
const [good, bad] = [statuses.get(0) ?? 0, statuses.get(2) ?? 0];
console.log(`${files} files, seed ${seed}: ${good} read (status 0), ${bad} refused (status 2)`);
console.log(`${faults.length} not as they have to be`);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function runFrom(first: number): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(CHILD, [files, seed, String(first)], { execArgv: ['--import', 'tsx'] });
    let done = first;
    let timer = watch(child);
    child.on('message', (news: FuzzNews) => {
      clearTimeout(timer);
      timer = watch(child);
      done = news.done;
      statuses.set(news.status, (statuses.get(news.status) ?? 0) + 1);
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
