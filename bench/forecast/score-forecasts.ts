import { sqlText } from '#adapters/local/tables/sql-text.ts';
import { withDuckdb } from '#adapters/local/tables/with-duckdb.ts';
import { DECILES, type LossSums } from './rolling-loss.ts';

/** What the forecasts of some files add up to. */
export interface ForecastScore extends LossSums {
  readonly points: number;
  /** Shares of the points within the 80 % and the 95 % interval. */
  readonly inside80: number;
  readonly inside95: number;
  /**
   * As inside80 over the series of which at most a tenth of the values lies exactly on an end of
   * the interval.
   */
  readonly untied80: number;
  /** Windows by model, most first. */
  readonly models: readonly (readonly [string, number])[];
}

/**
 * Scores what `foreprint forecast` wrote. A value on an end of an interval counts as inside.
 * @param files Parquet files with the deciles and q0.025, q0.975.
 */
export async function scoreForecasts(files: readonly string[]): Promise<ForecastScore> {
  const table = `read_parquet([${files.map(sqlText).join(', ')}])`;
  const pinball = DECILES.map(
    (p) => `greatest(${p} * (y - "q${p}"), ${(p - 1).toFixed(1)} * (y - "q${p}"))`,
  );
  return withDuckdb(async (connection) => {
    const sums = await connection.runAndReadAll(
      `SELECT coalesce(sum(${pinball.join(' + ')}), 0) * 2 / ${DECILES.length}, coalesce(sum(abs(y)), 0), count(y)::DOUBLE,
        count_if(y BETWEEN "q0.1" AND "q0.9")::DOUBLE, count_if(y BETWEEN "q0.025" AND "q0.975")::DOUBLE
      FROM ${table}`,
    );
    const [loss, absolute, points, inside80, inside95] = sums.getRows()[0]!.map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const untied = await connection.runAndReadAll(
      `SELECT sum(inside)::DOUBLE / sum(points) FROM (
        SELECT count(y) AS points, count_if(y BETWEEN "q0.1" AND "q0.9") AS inside, count_if(y = "q0.1" OR y = "q0.9") AS tied
        FROM ${table} GROUP BY unique_id) WHERE tied <= points / 10`,
    );
    const models = await connection.runAndReadAll(
      `SELECT model, count(DISTINCT (unique_id, cutoff))::DOUBLE AS windows FROM ${table} GROUP BY 1 ORDER BY 2 DESC, 1`,
    );
    return {
      loss,
      absolute,
      points,
      inside80: inside80 / points,
      inside95: inside95 / points,
      untied80: Number(untied.getRows()[0]?.[0] ?? NaN),
      models: models.getRows().map(([model, windows]) => [String(model), Number(windows)] as const),
    };
  });
}
