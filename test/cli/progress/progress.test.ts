import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { barProgress } from '#cli/progress/bar-progress.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { lineProgress } from '#cli/progress/line-progress.ts';
import { describePace, formatSeconds } from '#cli/progress/pace.ts';

function listen(): { readonly stream: PassThrough; readonly text: () => string } {
  const stream = new PassThrough();
  return { stream, text: () => String(stream.read() ?? '') };
}

describe('describePace', () => {
  it.each([
    [10, 40, 5, '2.0/s, 15 s left'],
    [3, 200, 60, '3.0/min, 1 h 5 min left'],
    [200, 200, 10, '20/s, 0 s left'],
    [0, 10, 5, ''],
  ])('%d of %d after %d s', (done, total, seconds, text) => {
    expect(describePace(done, total, seconds)).toBe(text);
  });

  it('writes seconds as a duration', () => {
    expect([0.4, 59, 60, 200, 3600, 7500].map(formatSeconds)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '3 min 20 s',
      '1 h',
      '2 h 5 min',
    ]);
  });
});

describe('progress in a log', () => {
  it('prints nothing for two seconds and then occasional lines with rate and remaining time', () => {
    const { stream, text } = listen();
    let now = 0;
    const progress = lineProgress(stream, () => now);
    progress.start('Training', 100);
    for (let done = 1; done <= 40; done++) {
      now += 1000;
      progress.update(done);
    }
    progress.end();
    progress.update(41);
    expect(text().trimEnd().split('\n')).toEqual([
      'Training: 2 of 100, 1.0/s, 1 min 38 s left',
      'Training: 17 of 100, 1.0/s, 1 min 23 s left',
      'Training: 32 of 100, 1.0/s, 1 min 8 s left',
    ]);
  });
});

describe('progress on a terminal', () => {
  it('draws a bar with rate and remaining time, and ends with the elapsed time', () => {
    const { stream, text } = listen();
    const terminal = Object.assign(stream, {
      isTTY: true,
      columns: 120,
      cursorTo: () => true,
      clearLine: () => true,
    });
    let now = 0;
    const progress = barProgress(terminal, () => now);
    progress.start('Training', 4);
    now = 10_000;
    progress.update(2);
    now = 20_000;
    progress.update(4);
    progress.end();
    const drawn = text();
    expect(drawn).toContain('Training');
    expect(drawn).toContain('4/4  20 s');
  });
});

it('--quiet prints nothing', () => {
  const { stream, text } = listen();
  const progress = createProgress({ errors: stream }, { quiet: true });
  progress.start('Training', 4);
  progress.note('a remark');
  progress.update(4);
  progress.end();
  expect(text()).toBe('');
});
