import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  constant,
  divide,
  input,
  multiply,
  reduceSum,
  relu,
  reshape,
  scalar,
  subtract,
} from '#models/autodiff/expression.ts';
import type { LstmNetwork } from './lstm-network.ts';

/**
 * Mean pinball loss (Koenker and Bassett, Econometrica 46, 1978) over steps and levels, relative to
 * each window's unit. Inputs beside the network's: "targets" [batch, steps], "weights" [batch,
 * steps] – 0 where nothing was measured – and "units" [batch, 1].
 */
export function lstmLoss({ quantiles }: LstmNetwork, levels: readonly number[]): Expression {
  const [batch, steps] = quantiles.shape as readonly [number, number];
  const column = (name: string, length: number): Expression =>
    reshape(input(name, [batch, length]), [batch, length, 1]);
  const error = divide(subtract(column('targets', steps), quantiles), column('units', 1));
  const shares = constant(levels, [levels.length]);
  // Level times error above the quantile, (level − 1) times error below it.
  const pinball = add(multiply(error, shares), relu(multiply(error, scalar(-1))));
  const weighted = multiply(pinball, column('weights', steps));
  const sum = reshape(reduceSum(weighted, [0, 1, 2]), []);
  return multiply(sum, scalar(2 / (batch * steps * levels.length)));
}
