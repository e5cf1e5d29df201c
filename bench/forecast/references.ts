import { compareFits, printHead, type Answer, type Ours } from './compare-fits.ts';
import { compareArima } from './compare-arima.ts';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { autoEts } from '#models/ets/auto-ets.ts';
import { etsForecast } from '#models/ets/ets-forecast.ts';
import type { EtsForm } from '#models/ets/ets-form.ts';
import { formName } from '#models/ets/ets-form.ts';
import type { EtsSearch } from '#models/ets/fit-ets.ts';
import { fitEts } from '#models/ets/fit-ets.ts';
import { autoTheta, seasonalThetaForecast } from '#models/theta/auto-theta.ts';
import { readSeries } from '#test/models/read-m4.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';

/**
 * AutoETS, AutoTheta and AutoARIMA beside statsforecast and R's forecast on 50 M4 hourly series, one core each,
 * CPU time of both.
 *
 *   npm run bench:references -- [--python PYTHON] [--rscript RSCRIPT] [--arima FILE.jsonl]… [TRAIN.csv.gz]
 *
 * PYTHON has statsforecast installed, RSCRIPT the forecast package; both are run first, by the scripts beside this file. Their ARIMA
 * takes minutes a series: FILE is what reference-arima.py or reference-arima.R wrote before.
 */
const SEASON = 24;
const given = process.argv.slice(2);
const after = (flag: string): string | undefined =>
  given.includes(flag) ? given[given.indexOf(flag) + 1] : undefined;
const train =
  given.find((part) => part.endsWith('.csv.gz')) ?? '../shared/data/m4-hourly/train.csv.gz';
const directory = mkdtempSync(join(tmpdir(), 'references-'));

function run(command: string, script: string, out: string): string {
  const file = join(directory, out);
  const result = spawnSync(command, [`bench/forecast/${script}`, train, file]);
  if (result.status !== 0) throw new Error(`${command} ${script}: ${String(result.stderr)}`);
  return readFileSync(file, 'utf8');
}

interface PythonRow {
  readonly name: string;
  readonly ets: Omit<Answer, 'name' | 'fit'> & { readonly logLikelihood: number };
  readonly theta: Omit<Answer, 'name' | 'fit'> & { readonly loss: number };
}

function fromR(text: string): Answer[] {
  const answers = new Map<string, Answer & { readonly forecast: number[] }>();
  for (const line of text.split('\n').slice(1)) {
    const [name, form, fit, , seconds, , value] = line.split(',');
    if (name === undefined || form === undefined || value === undefined) continue;
    const known = answers.get(name);
    if (known) known.forecast.push(Number(value));
    else {
      const forecast = [Number(value)];
      answers.set(name, { name, form, fit: Number(fit), seconds: Number(seconds), forecast });
    }
  }
  return [...answers.values()];
}

const series = readSeries(train);

const FORM = /^(?<error>[AM])(?<trend>[NA])(?<season>[NAM])(?<damped>[DN])$/;

function parseForm(name: string): EtsForm | null {
  const parts = FORM.exec(name)?.groups;
  if (!parts) return null;
  return {
    error: parts['error'] === 'A' ? 'A' : 'M',
    trend: parts['trend'] === 'A' ? 'A' : 'N',
    season: parts['season'] === 'A' ? 'A' : parts['season'] === 'M' ? 'M' : 'N',
    damped: parts['damped'] === 'D',
  };
}

function etsWith(search: EtsSearch) {
  return (answer: Answer): Ours => {
    const values = series.get(answer.name)!;
    const started = process.cpuUsage();
    const fit = autoEts(values, SEASON, search)!;
    const seconds = cpuSecondsSince(started);
    const form = parseForm(answer.form);
    const same =
      form && formName(fit.form) !== answer.form && search === 'smooth'
        ? fitEts({ values, period: SEASON, form, mostBeta: 1, search })
        : fit;
    const forecast = [...etsForecast(fit.run, fit.steps, answer.forecast.length)];
    const fitOfSameForm = form ? same.logLikelihood : -Infinity;
    return { form: formName(fit.form), fit: fit.logLikelihood, fitOfSameForm, forecast, seconds };
  };
}

function theta(answer: Answer): Ours {
  const started = process.cpuUsage();
  const found = autoTheta(series.get(answer.name)!, SEASON)!;
  const seconds = cpuSecondsSince(started);
  const fit = -found.fit.loss;
  const forecast = [...seasonalThetaForecast(found, answer.forecast.length)];
  return { form: found.fit.form, fit, fitOfSameForm: fit, forecast, seconds };
}

// One fit of each kind before the clock runs, as the references get.
const [first] = series.values();
(['simplex', 'smooth'] as const).forEach((search) => autoEts(first!.slice(0, 100), SEASON, search));
autoTheta(first!.slice(0, 100), SEASON);
printHead();
const python = after('--python');
if (python !== undefined) {
  const rows = JSON.parse(run(python, 'reference-statsforecast.py', 'sf.json')) as PythonRow[];
  const ets = rows.map((row) => ({ ...row.ets, name: row.name, fit: row.ets.logLikelihood }));
  compareFits('AutoETS, simplex – statsforecast', ets, etsWith('simplex'));
  compareFits('AutoETS, smooth – statsforecast', ets, etsWith('smooth'));
  const thetas = rows.map((row) => ({ ...row.theta, name: row.name, fit: -row.theta.loss }));
  compareFits('AutoTheta – statsforecast', thetas, theta);
}
const rscript = after('--rscript');
if (rscript !== undefined) {
  const answers = fromR(run(rscript, 'reference-forecast.R', 'r.csv'));
  compareFits('ets, smooth – R forecast', answers, etsWith('smooth'));
}
given.forEach((part, k) => {
  if (part === '--arima') compareArima(given[k + 1]!, series);
});
