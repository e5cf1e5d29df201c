import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import type { AddValue, RecordFormat } from './format.ts';
import { influxField } from './influx-field.ts';

const NO_TAG = /^(_.*|result|table|)$/;

/**
 * InfluxDB's annotated CSV (query results of Flux): tables of their own header, each after lines
 * that begin with #, with the columns _time, _value, _field, _measurement and tags.
 */
export const influxCsv: RecordFormat = {
  kind: 'records',
  matches: (head) =>
    /^#(group|datatype|default)\b/.test(head) || /^,result,table,/.test(head.trimStart()),
  reader(sink) {
    let names: readonly string[] | null = null;
    const known = new Map<string, { readonly add: AddValue | null; readonly isIdle: boolean }>();
    return (cells, line) => {
      if (cells[0]!.startsWith('#')) {
        names = null;
        return;
      }
      if (names === null || cells.includes('_value')) {
        names = cells.map((name) => name.trim());
        const missing = ['_time', '_value'].find((name) => !names!.includes(name));
        if (missing !== undefined) {
          sink.refuse(`has no column ${missing}; query without pivot, so that it has one`, line);
        }
        return;
      }
      const cell = (name: string): string => cells[names!.indexOf(name)]?.trim() ?? '';
      const tags = names.flatMap((name, at) =>
        NO_TAG.test(name) || (cells[at] ?? '') === '' ? [] : [[name, cells[at]!] as const],
      );
      const [measurement, field] = [cell('_measurement'), cell('_field')];
      const key = JSON.stringify([measurement, field, tags]);
      let series = known.get(key);
      if (series === undefined) {
        const found =
          sink.resource === null
            ? influxField(measurement, field, Object.fromEntries(tags))
            : {
                key: { labels: Object.fromEntries(tags), metric: field, scale: null, part: key },
                isIdle: false,
              };
        series = { add: found && sink.series(found.key), isIdle: found?.isIdle ?? false };
        known.set(key, series);
      }
      const value = plainAmount(cell('_value'));
      if (value === null)
        {return sink.refuse(`${JSON.stringify(cell('_value'))} is not a number`, line);}
      series.add?.(sink.seconds(cell('_time'), line), series.isIdle ? 100 - value : value);
    };
  },
};
