import { describePace } from './pace.ts';
import type { Progress } from './progress.ts';

/** Delay before the first line, so that short work prints nothing. */
const FIRST_LINE_MS = 2000;
const EVERY_MS = 15_000;

/** Plain lines for a log file or a pipe. */
export function lineProgress(stream: NodeJS.WritableStream, nowMs: () => number): Progress {
  let phase: { title: string; total: number | null; startedMs: number; nextMs: number } | null =
    null;
  return {
    start(title, total) {
      phase = { title, total, startedMs: nowMs(), nextMs: nowMs() + FIRST_LINE_MS };
    },
    update(done) {
      if (phase === null || nowMs() < phase.nextMs) return;
      const { title, total, startedMs } = phase;
      phase.nextMs = nowMs() + EVERY_MS;
      const pace = describePace(done, total ?? done, (nowMs() - startedMs) / 1000);
      const of = total === null ? '' : ` of ${total}`;
      stream.write(`${title}: ${done}${of}${pace === '' ? '' : `, ${pace}`}\n`);
    },
    end() {
      phase = null;
    },
    note: (text) => void stream.write(`${text}\n`),
  };
}
