import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPrometheusClient } from '#adapters/prometheus/prometheus-client.ts';
import { PrometheusError } from '#adapters/prometheus/prometheus-error.ts';
import { rangeWindows } from '#adapters/prometheus/read-footprints.ts';
import { readRange } from '#adapters/prometheus/read-range.ts';

describe('rangeWindows', () => {
  it('covers the range without overlap, below 11,000 points and a week', () => {
    const steps = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4000 }), fc.nat(5000), (count, step, series) => {
        const range = { fromSeconds: 7 * step, toSeconds: (7 + count) * step };
        const windows = rangeWindows(range, step, series);
        let from = range.fromSeconds;
        for (const { fromSeconds, toSeconds } of windows) {
          expect(fromSeconds).toBe(from);
          const points = (toSeconds - fromSeconds) / step;
          expect(Number.isInteger(points)).toBe(true);
          expect(points).toBeGreaterThan(0);
          expect(points).toBeLessThan(11_000);
          expect(points * series).toBeLessThanOrEqual(500_000);
          from = toSeconds;
        }
        expect(from).toBe(range.toSeconds);
      }),
    );
  });
});

describe('readRange', () => {
  /** A server that refuses ranges of more points than it likes, as Prometheus does. */
  async function serve(most: number, status: number) {
    const asked: number[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const fields = new URLSearchParams(body);
        const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(fields.get(name)));
        const points = (end! - start!) / step! + 1;
        asked.push(points);
        if (points > most) {
          response.writeHead(status).end(JSON.stringify({ status: 'error', error: 'too many' }));
          return;
        }
        const values = Array.from({ length: points }, (_, k) => {
          const at = start! + k * step!;
          return [at, at % 3 === 0 ? 'NaN' : String(at)];
        });
        const result = [{ metric: { pod: 'a' }, values }];
        response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    const url = new URL(`http://127.0.0.1:${address.port}/prefix/`);
    const { signal } = new AbortController();
    return { asked, client: createPrometheusClient({ url, headers: {}, signal }) };
  }

  const range = { fromSeconds: 10, toSeconds: 19, stepSeconds: 1 };

  it('asks once more in halves, and takes NaN for not measured', async () => {
    const { asked, client } = await serve(5, 422);
    const series = await readRange(client, 'x', range);
    expect(asked).toEqual([10, 5, 5]);
    expect(series.flatMap(({ times }) => [...times])).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ]);
    expect(series.flatMap(({ values }) => [...values])).toEqual([
      10,
      11,
      NaN,
      13,
      14,
      NaN,
      16,
      17,
      NaN,
      19,
    ]);
  });

  it('gives up where halves are refused too, and at once where the query is wrong', async () => {
    const small = await serve(2, 503);
    await expect(readRange(small.client, 'x', range)).rejects.toThrow(PrometheusError);
    expect(small.asked).toEqual([10, 5]);
    const wrong = await serve(2, 400);
    await expect(readRange(wrong.client, 'x', range)).rejects.toThrow('(400): too many');
    expect(wrong.asked).toEqual([10]);
  });
});
