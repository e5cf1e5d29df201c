import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { TOKEN_FEATURES } from './lstm-dimensions.ts';
import { tokenGroups } from './token-groups.ts';

/**
 * The recurrent part of the network, forward and backward (back-propagation through time: Werbos
 * 1990).
 */
export interface CellPass {
  /** The state after the last token; the same array every time. */
  readonly state: Float64Array;
  forward(parameters: ArrayLike<number>, tokens: Float64Array): Float64Array;
  /** Slopes of the loss in the last state, to be written before `backward`. */
  readonly stateSlopes: Float64Array;
  backward(parameters: ArrayLike<number>, gradient: Float64Array): void;
}

/**
 * Its weights lie at the start of the parameters: tokens, kinds of token, recurrent; gates are
 * enter, keep, leave, candidate.
 */
export function cellPass(shape: ForecastShape, hidden: number): CellPass {
  const kinds = tokenGroups(shape).flatMap(({ count }, kind) =>
    new Array<number>(count).fill(kind),
  );
  const count = kinds.length;
  const width = 4 * hidden;
  const kindsAt = TOKEN_FEATURES * width;
  const recurrentAt = kindsAt + 3 * width;
  // Row t + 1 is what token t left; row 0 is the empty beginning.
  const states = new Float64Array((count + 1) * hidden);
  const cellsOf = new Float64Array((count + 1) * hidden);
  const gates = new Float64Array(count * width);
  const bent = new Float64Array(count * hidden);
  const state = states.subarray(count * hidden);
  const stateSlopes = new Float64Array(hidden);
  const cellSlopes = new Float64Array(hidden);
  const gateSlopes = new Float64Array(width);
  const given = new Float64Array(count * TOKEN_FEATURES);

  const forward: CellPass['forward'] = (parameters, tokens) => {
    given.set(tokens);
    for (let t = 0; t < count; t++) {
      const row = gates.subarray(t * width, (t + 1) * width);
      const from = kindsAt + kinds[t] * width;
      for (let j = 0; j < width; j++) row[j] = parameters[from + j]!;
      for (let f = 0; f < TOKEN_FEATURES; f++) {
        addRow(row, parameters, { from: f * width, factor: tokens[t * TOKEN_FEATURES + f] });
      }
      for (let k = 0; t > 0 && k < hidden; k++) {
        addRow(row, parameters, {
          from: recurrentAt + k * width,
          factor: states[t * hidden + k],
        });
      }
      for (let j = 0; j < 3 * hidden; j++) row[j] = 1 / (1 + Math.exp(-row[j]));
      for (let j = 3 * hidden; j < width; j++) row[j] = Math.tanh(row[j]);
      for (let k = 0; k < hidden; k++) {
        const cell = row[hidden + k] * cellsOf[t * hidden + k] + row[k] * row[3 * hidden + k];
        cellsOf[(t + 1) * hidden + k] = cell;
        bent[t * hidden + k] = Math.tanh(cell);
        states[(t + 1) * hidden + k] = row[2 * hidden + k] * bent[t * hidden + k];
      }
    }
    return state;
  };

  const backward: CellPass['backward'] = (parameters, gradient) => {
    cellSlopes.fill(0);
    for (let t = count - 1; t >= 0; t--) {
      const row = gates.subarray(t * width, (t + 1) * width);
      for (let k = 0; k < hidden; k++) {
        const [enter, keep] = [row[k], row[hidden + k]];
        const [leave, candidate] = [row[2 * hidden + k], row[3 * hidden + k]];
        const curve = bent[t * hidden + k];
        const slope = stateSlopes[k];
        const cell = cellSlopes[k] + slope * leave * (1 - curve * curve);
        gateSlopes[k] = cell * candidate * enter * (1 - enter);
        gateSlopes[hidden + k] = cell * cellsOf[t * hidden + k] * keep * (1 - keep);
        gateSlopes[2 * hidden + k] = slope * curve * leave * (1 - leave);
        gateSlopes[3 * hidden + k] = cell * enter * (1 - candidate * candidate);
        cellSlopes[k] = cell * keep;
      }
      const from = kindsAt + kinds[t] * width;
      for (let j = 0; j < width; j++) gradient[from + j] += gateSlopes[j];
      for (let f = 0; f < TOKEN_FEATURES; f++) {
        const factor = given[t * TOKEN_FEATURES + f];
        for (let j = 0; j < width; j++) gradient[f * width + j] += factor * gateSlopes[j];
      }
      for (let k = 0; t > 0 && k < hidden; k++) {
        const [at, factor] = [recurrentAt + k * width, states[t * hidden + k]];
        let sum = 0;
        for (let j = 0; j < width; j++) {
          gradient[at + j] += factor * gateSlopes[j];
          sum += parameters[at + j] * gateSlopes[j];
        }
        stateSlopes[k] = sum;
      }
    }
  };
  return { state, forward, stateSlopes, backward };
}

interface ScaledRow {
  readonly from: number;
  readonly factor: number;
}

function addRow(
  row: Float64Array,
  parameters: ArrayLike<number>,
  { from, factor }: ScaledRow,
): void {
  for (let j = 0; j < row.length; j++) row[j] += factor * parameters[from + j];
}
