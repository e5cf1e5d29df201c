import { spawn } from 'node:child_process';
import type { CastEvent } from './cast.ts';

/** Where a command is run: size of the terminal in characters, and the folder. */
export interface Terminal {
  readonly width: number;
  readonly height: number;
  readonly folder: string;
}

/**
 * Runs a command in a terminal of its own (`script` of util-linux), and notes what it prints, with
 * seconds since its start.
 * @throws Error if it fails.
 */
export async function recordCommand(
  command: string,
  { width, height, folder }: Terminal,
): Promise<readonly CastEvent[]> {
  const inTerminal = `stty cols ${width} rows ${height}; ${command}`;
  const child = spawn('script', ['--quiet', '--return', '--command', inTerminal, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, TERM: 'xterm-256color', NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const began = performance.now();
  const events: CastEvent[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    events.push([(performance.now() - began) / 1000, 'o', text]);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return events;
}
