/** What a reference says of one series. */
export interface Answer {
  readonly name: string;
  readonly form: string;
  /** Log-likelihood, or minus the loss: larger is better. */
  readonly fit: number;
  readonly forecast: readonly number[];
  readonly seconds: number;
}

/** What we say of it; `fitOfSameForm` is of our fit with the reference's form. */
export interface Ours extends Omit<Answer, 'name'> {
  readonly fitOfSameForm: number;
}

/** Relative: what the fit may be worse by, and the forecasts may differ by. */
const WORSE = 1e-3;
const NEAR = 0.01;

/** A row of docs/benchmarks/forecasting.md. */
export type AgreementRow = Readonly<Record<string, string>>;

export function printHead(): void {
  console.log(
    `${' '.repeat(44)}  same form  fit not worse  forecast within 1 %        ours    theirs`,
  );
}

/** Prints and returns how far our fits and those of a reference agree, and what both take. */
export function compareFits<A extends Answer>(
  title: string,
  answers: readonly A[],
  fit: (answer: A) => Ours,
): AgreementRow {
  const all = answers.map(fit);
  let [same, notWorse, near] = [0, 0, 0];
  answers.forEach((answer, k) => {
    const ours = all[k]!;
    if (ours.fitOfSameForm >= answer.fit - WORSE * Math.abs(answer.fit)) notWorse++;
    if (ours.form !== answer.form) return;
    same++;
    if (isNear(ours.forecast, answer.forecast)) near++;
  });
  const count = answers.length;
  const perSeries = (fits: readonly { readonly seconds: number }[]): string =>
    `${((1000 * fits.reduce((sum, { seconds }) => sum + seconds, 0)) / count).toFixed(1)} ms`;
  console.log(
    [
      title.padEnd(44),
      `${same}/${count}`.padStart(9),
      `${notWorse}/${count}`.padStart(12),
      `${near}/${same}`.padStart(18),
      perSeries(all).padStart(10),
      perSeries(answers).padStart(10),
    ].join('  '),
  );
  return {
    fits: title,
    'same form': `${same}/${count}`,
    'fit not worse': `${notWorse}/${count}`,
    'forecast within 1 % (same form)': `${near}/${same}`,
    'ours, per series': perSeries(all),
    'theirs, per series': perSeries(answers),
  };
}

function isNear(ours: readonly number[], theirs: readonly number[]): boolean {
  let [difference, size] = [0, 0];
  theirs.forEach((value, k) => {
    difference += Math.abs(value - ours[k]!);
    size += Math.abs(value);
  });
  return difference <= NEAR * size;
}
