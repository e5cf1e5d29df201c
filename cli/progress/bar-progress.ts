import cliProgress, { type GenericFormatter, type SingleBar } from 'cli-progress';
import { describePace, formatSeconds } from './pace.ts';
import type { Progress } from './progress.ts';

const BAR_SIZE = 24;
const TITLE_WIDTH = 24;

/** Progress bars for a terminal, with rate and remaining time. */
export function barProgress(stream: NodeJS.WritableStream, nowMs: () => number): Progress {
  let stop: () => void = () => undefined;
  let current: SingleBar | null = null;
  const end = () => {
    stop();
    stop = () => undefined;
    current = null;
  };
  return {
    start(title, total) {
      end();
      const startedMs = nowMs();
      const elapsed = () => (nowMs() - startedMs) / 1000;
      const format = total === null ? waitFormat(title, elapsed) : barFormat(title, elapsed);
      const bar = new cliProgress.SingleBar({
        format,
        stream,
        fps: 5,
        barsize: BAR_SIZE,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        hideCursor: true,
        gracefulExit: false,
        forceRedraw: true,
        emptyOnZero: true,
      });
      bar.start(total ?? 0, 0);
      current = bar;
      stop = () => bar.stop();
    },
    update: (done) => current?.update(done),
    end,
    note(text) {
      end();
      stream.write(`${text}\n`);
    },
  };
}

function barFormat(title: string, elapsed: () => number): GenericFormatter {
  return (options, { progress, value, total }) => {
    const bar = cliProgress.Format.BarFormat(progress, options);
    const state = value >= total ? formatSeconds(elapsed()) : describePace(value, total, elapsed());
    return `${title.padEnd(TITLE_WIDTH)} ${bar} ${value}/${total}  ${state}`;
  };
}

function waitFormat(title: string, elapsed: () => number): GenericFormatter {
  return () => `${title.padEnd(TITLE_WIDTH)} ${formatSeconds(elapsed())}`;
}
