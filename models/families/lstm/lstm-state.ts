import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  constant,
  matMul,
  multiply,
  reshape,
  sigmoid,
  split,
  tanh,
} from '#models/autodiff/expression.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { tokenGroups } from './token-groups.ts';

export interface LstmCell {
  readonly weights: ReadonlyMap<string, Expression>;
  readonly hidden: number;
  readonly shape: ForecastShape;
}

/**
 * The state [batch, hidden] after the last of the tokens [batch, tokens, features], unrolled step
 * by step.
 */
export function lstmState(tokens: Expression, { weights, hidden, shape }: LstmCell): Expression {
  const [batch, count] = tokens.shape as readonly [number, number];
  const biases = matMul(tokenKinds(shape), weights.get('kinds')!);
  const inputs = add(matMul(tokens, weights.get('tokens')!), biases);
  let state: Expression | null = null;
  let cell: Expression | null = null;
  for (const one of split(inputs, 1, new Array<number>(count).fill(1))) {
    const fresh = reshape(one, [batch, 4 * hidden]);
    const gates: Expression =
      state === null ? fresh : add(fresh, matMul(state, weights.get('recurrent')!));
    const [enter, keep, leave, candidate] = split(gates, 1, [hidden, hidden, hidden, hidden]);
    const entered = multiply(sigmoid(enter), tanh(candidate));
    cell = cell === null ? entered : add(multiply(sigmoid(keep), cell), entered);
    state = multiply(sigmoid(leave), tanh(cell));
  }
  if (state === null) throw new RangeError('a history without steps has no state');
  return state;
}

/** [tokens, 3]: which of the groups a token is of. */
function tokenKinds(shape: ForecastShape): Expression {
  const kinds = tokenGroups(shape).flatMap(({ count }, kind) =>
    Array.from({ length: count }, () => [0, 1, 2].map((k) => (k === kind ? 1 : 0))),
  );
  return constant(kinds.flat(), [kinds.length, 3]);
}
