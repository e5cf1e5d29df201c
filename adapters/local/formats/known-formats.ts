import { archiveCsv } from './archive-csv.ts';
import { cloudwatchMetricData, cloudwatchStatistics } from './cloudwatch-json.ts';
import { datadogJson } from './datadog-json.ts';
import type { DocumentFormat, TextFormat } from './format.ts';
import { google2019 } from './google-2019.ts';
import { influxCsv } from './influx-csv.ts';
import { kubectlTop } from './kubectl-top.ts';
import { lineProtocol } from './line-protocol.ts';
import { metricStream } from './metric-stream.ts';
import { netdataCsv } from './netdata-csv.ts';
import { prometheusJson } from './prometheus-json.ts';
import { promtoolText } from './promtool-text.ts';
import { sadfJson } from './sadf-json.ts';
import { sadf } from './sadf.ts';
import { wideCsv } from './wide-csv.ts';

const TEXTS: readonly TextFormat[] = [
  metricStream,
  sadf,
  influxCsv,
  netdataCsv,
  wideCsv,
  google2019,
  archiveCsv,
  promtoolText,
  kubectlTop,
  lineProtocol,
];

const DOCUMENTS: readonly DocumentFormat[] = [
  prometheusJson,
  cloudwatchMetricData,
  cloudwatchStatistics,
  datadogJson,
  sadfJson,
];

/** The format of a text, by its beginning; null if it is none of them. */
export function textFormat(head: string): TextFormat | null {
  return TEXTS.find((format) => format.matches(head)) ?? null;
}

/** The format of a JSON document; null if it is none of them. */
export function documentFormat(document: unknown): DocumentFormat | null {
  return DOCUMENTS.find((format) => format.matches(document)) ?? null;
}
