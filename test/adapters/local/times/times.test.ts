import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { isoSeconds } from '#adapters/local/times/iso-time.ts';
import { namedZone } from '#adapters/local/times/named-zone.ts';
import { timeReader } from '#adapters/local/times/time-reader.ts';
import { timeWriter } from '#adapters/local/times/time-writer.ts';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { inputErrorOf, inputFile, parquetFile } from '#test/adapters/local/input-files.ts';

const utc = (text: string) => Date.parse(text) / 1000;
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'UTC',
  'Asia/Kathmandu',
];
const FROM = utc('2001-01-01T00:00:00Z');
const TO = utc('2037-12-31T00:00:00Z');

describe('isoSeconds', () => {
  it.each([
    ['2026-01-05', '2026-01-05T00:00:00Z'],
    ['2026-01-05T01:02', '2026-01-05T01:02:00Z'],
    ['2026-01-05 01:02:03.250', '2026-01-05T01:02:03.250Z'],
    ['2026-01-05T01:02:03,5Z', '2026-01-05T01:02:03.500Z'],
    ['2026-01-05T01:02:03.123456789Z', '2026-01-05T01:02:03.123Z'],
    ['2026-01-05T01:02:03+05:30', '2026-01-04T19:32:03Z'],
    ['2026-01-05 01:02:03 -0330', '2026-01-05T04:32:03Z'],
    ['2026-01-05 01:02:03+02', '2026-01-04T23:02:03Z'],
    ['2026-1-5 1:02:03', '2026-01-05T01:02:03Z'],
    ['2026/01/05 01:02:03', '2026-01-05T01:02:03Z'],
    ['20260105T010203Z', '2026-01-05T01:02:03Z'],
    ['2026-01-05T24:00:00', '2026-01-06T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['2017-01-01T05:29:60+05:30', '2017-01-01T00:00:00Z'],
    ['2026-01-05 01:02:03 UTC', '2026-01-05T01:02:03Z'],
    ['2026-01-05 01:02:03 Europe/Berlin', '2026-01-05T00:02:03Z'],
    ['2026-07-05 01:02:03 Europe/Berlin', '2026-07-04T23:02:03Z'],
    ['2026-07-05T01:02:03+02:00[Europe/Berlin]', '2026-07-04T23:02:03Z'],
  ])('reads %s', (text, expected) => {
    expect(isoSeconds(text)).toBeCloseTo(utc(expected), text.includes('123456') ? 2 : 9);
  });

  it.each([
    '',
    'now',
    '2026',
    '2026-02-30',
    '2026-13-01',
    '2026-01-05T25:00:00',
    '2026-01-05T01:60',
    '2016-12-31T23:58:60Z',
    '2016-12-31T23:59:61Z',
    '2026-01-05T24:59:60Z',
    '2026-01-05T24:00:01',
    '2026-01-05 01:02:03 Europe/Nowhere',
    '31.12.2026',
    '2026-01/05',
    '2026-01-05T',
    'infinity',
    '1767571200',
    '2026-01-05T01:02:03+19:00',
    '2026-01-05T01:02:03ZZ',
    '2026131',
    '2026-01-05T01:02:03.',
    '2026-01-05T0a:02:03',
  ])('takes %j for no time', (text) => {
    expect(isoSeconds(text)).toBeNaN();
  });

  it('reads what the runtime writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), noInvalidDate: true, max: new Date('9999-01-01') }),
        (date) => {
          expect(isoSeconds(date.toISOString())).toBeCloseTo(date.getTime() / 1000, 6);
        },
      ),
    );
  });
});

describe('namedZone', () => {
  it('knows the offset on every side of a change of the clocks', () => {
    const berlin = namedZone('Europe/Berlin')!;
    const spring = utc('2026-03-29T01:00:00Z');
    expect([-1, 0].map((s) => berlin.offsetAt(spring + s))).toEqual([3600, 7200]);
    const autumn = utc('2026-10-25T01:00:00Z');
    expect([-1, 0].map((s) => berlin.offsetAt(autumn + s))).toEqual([7200, 3600]);
    // 02:30 comes twice in autumn and never in spring.
    expect(berlin.instantOf(utc('2026-10-25T02:30:00Z'))).toBe(utc('2026-10-25T00:30:00Z'));
    expect(berlin.instantOf(utc('2026-03-29T02:30:00Z'))).toBe(utc('2026-03-29T01:30:00Z'));
    expect(namedZone('Mars/Olympus')).toBeNull();
  });
});

describe('numbers as times', () => {
  const styles = fc.constantFrom(
    { unit: 1, write: (s: number) => String(s) },
    { unit: 1, write: (s: number) => `${s}.0` },
    { unit: 1000, write: (s: number) => String(s * 1000) },
    { unit: 1e6, write: (s: number) => String(s * 1e6) },
    { unit: 1e9, write: (s: number) => `${s}000000000` },
    {
      unit: 1,
      write: (s: number) => new Date(s * 1000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, ''),
    },
  );

  it('mean the same instant as ISO 8601, and are written as they came', () => {
    fc.assert(
      fc.property(
        styles,
        fc.integer({ min: FROM, max: TO }),
        fc.nat(1e6),
        ({ write }, first, later) => {
          const text = write(first);
          const reader = timeReader(text, { stepNumbers: true });
          expect(reader.kind).toBe('time');
          expect(reader.read(text)).toBe(first);
          expect(reader.read(write(first + later))).toBe(first + later);
          expect(timeWriter(text)(first + later)).toBe(write(first + later));
        },
      ),
    );
  });

  it('come back in the zone they came in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: FROM, max: TO }),
        fc.nat(1e8),
        (zone, first, later) => {
          const local = (seconds: number) =>
            new Date((seconds + namedZone(zone)!.offsetAt(seconds)) * 1000)
              .toISOString()
              .slice(0, 19)
              .replace('T', ' ');
          const model = `${local(first)} ${zone}`;
          const seconds = first + later;
          expect(timeWriter(model)(seconds)).toBe(`${local(seconds)} ${zone}`);
          // An hour that comes twice is read as its first time.
          const readBack = isoSeconds(timeWriter(model)(seconds));
          expect([0, 3600, 1800]).toContain(seconds - readBack);
        },
      ),
    );
  });

  it('are dates if they look like dates: 20260131 is followed by 20260201', () => {
    const reader = timeReader('20260131', { stepNumbers: true });
    expect(reader.read('20260131')).toBe(utc('2026-01-31T00:00:00Z'));
    expect(reader.read('20260132')).toBeNaN();
    expect(timeWriter('20260131')(utc('2026-02-01T00:00:00Z'))).toBe('20260201');
  });

  it.each([
    { first: '202612', at: '2026-12-01T00:00', next: '202701', none: '202613' },
    { first: '2026-12', at: '2026-12-01T00:00', next: '2027-01', none: '2026-13' },
    { first: '2026013123', at: '2026-01-31T23:00', next: '2026020100', none: '2026013125' },
    { first: '202601312359', at: '2026-01-31T23:59', next: '202602010000', none: '202601312360' },
  ])('are months, hours and minutes too: $first', ({ first, at, next, none }) => {
    const reader = timeReader(first, { stepNumbers: true });
    expect([reader.kind, reader.read(first)]).toEqual(['time', utc(`${at}:00Z`)]);
    expect(reader.read(none)).toBeNaN();
    expect(timeWriter(first)(reader.read(next))).toBe(next);
    const between = timeWriter(first)(reader.read(first) + 1.5);
    expect(between.replaceAll(/[-:T]|\..*/g, '')).toMatch(/^\d{12}01$/);
  });

  const stamps = ['2026-01-05T00:00:00Z', '2026-01-05T00:05:00Z'];
  const start = utc(stamps[0]!);
  it.each([
    ['seconds', [start, start + 300]],
    ['milliseconds', [start * 1e3, (start + 300) * 1e3]],
    ['microseconds', [start * 1e6, (start + 300) * 1e6]],
  ])('mean the same in a trace and in a series, as text and in Parquet: %s', async (_, numbers) => {
    const lines = numbers.map((time) => `a,${time},1`);
    const trace = await readTrace([
      await inputFile('t.csv', ['application_id,timestamp,cpu', ...lines].join('\n')),
    ]);
    expect([trace.startSeconds, trace.stepSeconds]).toEqual([start, 300]);
    const series = await readSeries(
      await inputFile('s.csv', ['unique_id,ds,y', ...lines].join('\n')),
    );
    expect([series.dsKind, ...series.ds]).toEqual(['time', start, start + 300]);
    for (const type of ['BIGINT', 'DOUBLE', 'VARCHAR', 'UBIGINT', 'DECIMAL(18, 0)']) {
      const rows = numbers.map(
        (time) => `SELECT 'a' AS unique_id, ${time}::BIGINT::${type} AS ds, 1 AS y`,
      );
      const parquet = await readSeries(await parquetFile(rows.join(' UNION ALL ')));
      expect([type, parquet.dsKind, ...parquet.ds]).toEqual([type, 'time', start, start + 300]);
    }
  });

  it.each([
    ['20260132', '20260133', '"20260132" is not a time (ISO 8601, Unix seconds'],
    ['12345678901', '12345678902', '"12345678901" is not a time (ISO 8601, Unix seconds'],
    [
      '1767571200',
      '1767571200000',
      '"1767571200000" is not a time in Unix seconds, as the first one is',
    ],
    ['1767571200', '2026-01-05', '"2026-01-05" is not a time in Unix seconds'],
    ['2026-01-05', '1767571200', '"1767571200" is not a time'],
    ['20260105', '7', '"7" is not a date like 20260131'],
    ['202601', '202613', '"202613" is not a month like 202601'],
    ['2026-01', '2026-13', '"2026-13" is not a month like 2026-01, as the first one is'],
    ['2026-01-05', '2026-02', '"2026-02" is not a time (ISO 8601'],
    ['1', '1767571200', '"1767571200" is not a number of a step'],
  ])(
    'are refused in one sentence where they mean nothing: %s, %s',
    async (first, second, problem) => {
      const text = `unique_id,ds,y\na,${first},1\na,${second},2\n`;
      const error = await inputErrorOf(readSeries(await inputFile('s.csv', text)));
      expect(error.problem).toContain(problem);
    },
  );
});

describe('times of Parquet files keep their fractions', () => {
  it.each([
    ['TIMESTAMP', 'MILLISECOND', 250, ['00:00:00.000', '00:00:00.250', '00:00:00.500']],
    ['TIMESTAMP_MS', 'MILLISECOND', 250, ['00:00:00.000', '00:00:00.250', '00:00:00.500']],
    ['TIMESTAMP', 'MICROSECOND', 5, ['00:00:00.000000', '00:00:00.000005', '00:00:00.000010']],
    ['TIMESTAMPTZ', 'MILLISECOND', 250, ['00:00:00.000', '00:00:00.250', '00:00:00.500']],
    ['TIMESTAMP_NS', 'MILLISECOND', 250, ['00:00:00.000', '00:00:00.250', '00:00:00.500']],
    ['TIMESTAMP', 'SECOND', 5, ['00:00:00', '00:00:05', '00:00:10']],
  ])('%s every %s × %s', async (type, unit, step, texts) => {
    const zone = type === 'TIMESTAMPTZ' ? 'Z' : '';
    const file = await readSeries(
      await parquetFile(
        `SELECT 'a' AS unique_id, ${type === 'TIMESTAMPTZ' ? "timezone('UTC', " : '('}TIMESTAMP '2026-01-05' + to_${unit.toLowerCase()}s(${step} * k))
           ::${type} AS ds, k AS y FROM range(3) t(k)`,
      ),
    );
    expect(file.dsText).toEqual(texts.map((text) => `2026-01-05T${text}${zone}`));
    const size = { SECOND: 1, MILLISECOND: 1e-3, MICROSECOND: 1e-6 }[unit]!;
    expect(file.ds[2]! - file.ds[0]!).toBeCloseTo(2 * step * size, 6);
  });

  it('nanoseconds too', async () => {
    const query = `SELECT 'a' AS unique_id, make_timestamp_ns(1767571200000000007) AS ds, 1 AS y`;
    const file = await readSeries(await parquetFile(query));
    expect(file.dsText).toEqual(['2026-01-05T00:00:00.000000007']);
  });
});
