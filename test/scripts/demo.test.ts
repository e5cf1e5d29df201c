import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { castText, paced, type Cast, type CastEvent } from '#scripts/demo/cast.ts';
import { recordCommand } from '#scripts/demo/record-command.ts';
import { renderCast } from '#scripts/demo/render-cast.ts';

const cast = (...events: readonly CastEvent[]): Cast => {
  return { width: 40, height: 4, title: 'a "test"', events };
};

it('plays a long command faster, and loses nothing of what it printed', () => {
  const events = Array.from({ length: 1000 }, (_, k): CastEvent => [k / 10, 'o', `${k},`]);
  const played = paced(events, { mostSeconds: 5, frameSeconds: 0.25 });
  expect(played.map(([, , text]) => text).join('')).toBe(events.map(([, , text]) => text).join(''));
  expect(played).toHaveLength(21);
  expect(played.at(-1)?.[0]).toBeCloseTo(5, 9);
  const short: CastEvent[] = [[0.5, 'o', 'a']];
  expect(paced(short, { mostSeconds: 5, frameSeconds: 0.25 })).toEqual([[0.5, 'o', 'a']]);
  expect(paced([], { mostSeconds: 5, frameSeconds: 0.25 })).toEqual([]);
});

it('writes what asciinema reads: a header, and a line for every event', () => {
  const [header, ...lines] = castText(cast([0, 'o', '$ '], [1, 'o', 'b\r\n']))
    .trim()
    .split('\n');
  expect(JSON.parse(header!)).toEqual({ version: 2, width: 40, height: 4, title: 'a "test"' });
  expect(lines).toEqual(['[0,"o","$ "]', '[1,"o","b\\r\\n"]']);
});

it('draws what stands on the screen, not what was written over', async () => {
  const svg = await renderCast(
    cast([0, 'o', '$ go\r\n'], [1, 'o', '1 of 2 <b>'], [2, 'o', '\r2 of 2 & on\x1b[K\r\ndone\r\n']),
  );
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(texts).toEqual(['$ go', '1 of 2 &lt;b>', '2 of 2 &amp; on', 'done']);
  // Three screens with one, two and three lines.
  expect(svg.match(/<use /g)).toHaveLength(6);
  expect(svg).toContain('aria-label="a &quot;test&quot;"');
  await expect(renderCast(cast())).rejects.toThrow(RangeError);
});

it.skipIf(process.platform !== 'linux')('records a command in a terminal of a size', async () => {
  const terminal = { width: 90, height: 20, folder: tmpdir() };
  const events = await recordCommand('stty size; test -t 1 && pwd', terminal);
  const text = events.map(([, , printed]) => printed).join('');
  expect(text.split(/\r\n/)).toEqual(['20 90', tmpdir(), '']);
  await expect(recordCommand('false', terminal)).rejects.toThrow('ended with 1');
});
