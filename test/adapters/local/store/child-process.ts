import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface Child {
  readonly process: ChildProcess;
  /** Lines of its standard output so far. */
  readonly lines: string[];
  /** Resolves at the first line that starts so; rejects if the process ends before. */
  line(start: string): Promise<void>;
  readonly ended: Promise<unknown>;
}

/** Starts a file of this folder, as test/build-program.ts has built it, as a process of its own. */
export function startChild(name: string, args: readonly string[]): Child {
  const built = `../../../../dist/children/${name.replace('.ts', '.js')}`;
  const script = fileURLToPath(new URL(built, import.meta.url));
  const process_ = spawn(process.execPath, [script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void process_.kill('SIGKILL'));
  const lines: string[] = [];
  let rest = '';
  process_.stdout.on('data', (data: Buffer) => {
    const parts = (rest + data.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const ended = once(process_, 'exit');
  const line = async (start: string) => {
    while (!lines.some((text) => text.startsWith(start))) {
      if (process_.exitCode !== null) throw new Error(`${name} ended with ${process_.exitCode}`);
      await Promise.race([once(process_.stdout, 'data'), ended]);
    }
  };
  return { process: process_, lines, line, ended };
}
