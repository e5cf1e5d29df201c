import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import type { AddValue, LineFormat } from './format.ts';
import { readLabelText } from './label-text.ts';
import { scaleOfMetric } from './metric-resource.ts';

const SERIES = /^(.*?)\s*=>\s*(.*)$/;
const SAMPLE = /^(\S+)\s+@\[(-?[\d.]+)\]$/;

/** What `promtool query range` and `promtool query instant` print. */
export const promtoolText: LineFormat = {
  kind: 'lines',
  matches: (head) => /^[^\n]*=>\s*(\r?\n)?\s*\S+\s+@\[-?[\d.]+\]/.test(head.trimStart()),
  reader(sink) {
    let add: AddValue | null = null;
    const sample = (text: string, line: number): void => {
      const [, value, seconds] = SAMPLE.exec(text) ?? [];
      const amount = value === undefined ? null : plainAmount(value);
      if (amount === null) sink.refuse(`${JSON.stringify(text)} is not a value @[time]`, line);
      else add?.(Number(seconds), amount);
    };
    return {
      line(text, line) {
        const trimmed = text.trim();
        const [, name, rest] = SERIES.exec(trimmed) ?? [];
        if (name === undefined) {
          if (trimmed !== '') sample(trimmed, line);
          return;
        }
        const { metric, labels } = readLabelText(name) ?? { metric: name, labels: {} };
        const scale = scaleOfMetric(metric);
        add = sink.series({ labels, metric: metric || null, scale, part: metric });
        if (rest !== undefined && rest !== '') sample(rest, line);
      },
    };
  },
};
