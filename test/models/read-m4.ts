import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * Values by unique_id of a CSV or CSV.gz file with the columns unique_id, ds, y, in the order of
 * the file.
 */
export function readSeries(file: string): Map<string, Float64Array> {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const lists = new Map<string, number[]>();
  for (const line of text.split('\n').slice(1)) {
    const [name, , value] = line.split(',');
    if (name === undefined || name === '' || value === undefined) continue;
    const list = lists.get(name) ?? [];
    list.push(Number(value));
    lists.set(name, list);
  }
  return new Map([...lists].map(([name, list]) => [name, Float64Array.from(list)]));
}
