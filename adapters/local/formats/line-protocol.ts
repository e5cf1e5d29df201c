import type { AddValue, Labels, LineFormat } from './format.ts';
import { influxField } from './influx-field.ts';

const LINE =
  /^((?:[^\s,\\]|\\.)+)((?:,(?:[^\s,=\\]|\\.)+=(?:[^\s,\\]|\\.)+)*)\s+((?:"(?:[^"\\]|\\.)*"|[^\s"\\]|\\.)+)\s+(\d{10,19})\s*$/;
const PAIR = /,?((?:[^,=\\]|\\.)+)=((?:"(?:[^"\\]|\\.)*"|[^,"\\]|\\.)*)/gy;

/** Digits of a Unix time in seconds, milliseconds, microseconds and nanoseconds. */
const PER_SECOND: Readonly<Record<number, number>> = { 10: 1, 13: 1e3, 16: 1e6, 19: 1e9 };

/** InfluxDB's line protocol: `cpu,host=a usage_user=3 1767571200000000000`. */
export const lineProtocol: LineFormat = {
  kind: 'lines',
  matches: (head) =>
    LINE.test(
      head
        .split('\n', 40)
        .map((line) => line.trim())
        .find((line) => line !== '' && !line.startsWith('#')) ?? '',
    ),
  reader(sink) {
    const known = new Map<string, { readonly add: AddValue | null; readonly isIdle: boolean }>();
    return {
      line(text, line) {
        if (text.trim() === '' || text.startsWith('#')) return;
        const [, name, tagText = '', fieldText = '', stamp = ''] = LINE.exec(text) ?? [];
        const perSecond = PER_SECOND[stamp.length];
        if (name === undefined || perSecond === undefined) {
          return sink.refuse('is not a measurement, fields and a time', line);
        }
        for (const [field, value] of pairs(fieldText)) {
          const amount = Number(value.replace(/[iu]$/, ''));
          if (Number.isNaN(amount)) continue;
          const key = `${name}${tagText} ${field}`;
          let series = known.get(key);
          if (series === undefined) {
            const found = influxField(unescaped(name), field, labelsOf(tagText));
            const add = found === null ? null : sink.series(found.key);
            series = { add, isIdle: found?.isIdle ?? false };
            known.set(key, series);
          }
          series.add?.(Number(stamp) / perSecond, series.isIdle ? 100 - amount : amount);
        }
      },
    };
  },
};

const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

function labelsOf(text: string): Labels {
  return Object.fromEntries(pairs(text).map(([name, value]) => [name, unescaped(value)]));
}

function pairs(text: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  PAIR.lastIndex = 0;
  for (let pair = PAIR.exec(text); pair !== null; pair = PAIR.exec(text)) {
    found.push([unescaped(pair[1]!), pair[2]!]);
  }
  return found;
}
