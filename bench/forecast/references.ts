import { readSeries } from '#test/models/read-m4.ts';
import { compareArima } from './compare-arima.ts';
import { printHead } from './compare-fits.ts';

/**
 * AutoARIMA beside statsforecast and R's forecast on M4 hourly series, one core each, CPU time of
 * both.
 *
 *   npm run bench:references -- FILE.jsonl… [TRAIN.csv.gz]
 *
 * The references take minutes a series: FILE is what reference-arima.py or reference-arima.R wrote
 * before.
 */
const given = process.argv.slice(2);
const isTrain = (part: string): boolean => part.endsWith('.csv.gz');
const series = readSeries(given.find(isTrain) ?? '../shared/data/m4-hourly/train.csv.gz');
printHead();
for (const file of given.filter((part) => !isTrain(part))) compareArima(file, series);
