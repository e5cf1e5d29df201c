import type { Expression } from '#models/autodiff/expression.ts';
import {
  concat,
  filled,
  multiply,
  reduceSum,
  relu,
  reshape,
  scalar,
  split,
} from '#models/autodiff/expression.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';

/**
 * What a history says of the steps ahead by their time of day and week: [batch, profiles, horizon]
 * from [batch, context], never negative, zeros for a profile that the context is too short for.
 */
export function seasonalProfiles(scaled: Expression, shape: ForecastShape): Expression {
  const { context, horizon } = shape;
  const batch = scaled.shape[0];
  const [day, week] = seasonSteps(shape).filter((length) => length <= context);
  const last = (steps: number): Expression =>
    steps === context ? scaled : split(scaled, 1, [context - steps, steps])[1];
  // Nothing times something, as only the run knows the batch.
  const none = multiply(multiply(last(1), scalar(0)), filled([1, horizon], 1));
  const ahead = (season: Expression): Expression => repeatTo(season, horizon);
  const days = day === undefined ? 0 : Math.floor(context / day);
  const profiles = [
    day === undefined ? none : ahead(last(day)),
    week === undefined ? none : ahead(last(week)),
    day === undefined ? none : ahead(meanDay(last(days * day), day, days)),
  ];
  return relu(
    concat(
      profiles.map((profile) => reshape(profile, [batch, 1, horizon])),
      1,
    ),
  );
}

function meanDay(history: Expression, day: number, days: number): Expression {
  const batch = history.shape[0];
  const sum = reduceSum(reshape(history, [batch, days, day]), [1]);
  return reshape(multiply(sum, scalar(1 / days)), [batch, day]);
}

/** A season over and over again, as many steps as are ahead. */
function repeatTo(season: Expression, horizon: number): Expression {
  const length = season.shape[1];
  const times = Math.ceil(horizon / length);
  const repeated = concat(new Array<Expression>(times).fill(season), 1);
  const rest = times * length - horizon;
  return rest === 0 ? repeated : split(repeated, 1, [horizon, rest])[0];
}
