import { readSeries } from '#test/models/read-m4.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { compareArima } from './compare-arima.ts';
import { printHead } from './compare-fits.ts';

/**
 * AutoARIMA beside statsforecast and R's forecast on M4 hourly series, one core each, CPU time of
 * both.
 *
 *   npm run bench:references -- FILE.jsonl… [TRAIN.csv.gz] [--write]
 *
 * The references take minutes a series: FILE is what reference-arima.py or reference-arima.R wrote
 * before.
 */
const isTrain = (part: string): boolean => part.endsWith('.csv.gz');
const series = readSeries(benchArguments.find(isTrain) ?? '../shared/data/m4-hourly/train.csv.gz');
printHead();
const files = benchArguments.filter((part) => !isTrain(part));
await renewTable(
  'forecasting',
  'arima-references',
  files.map((file) => compareArima(file, series)),
);
