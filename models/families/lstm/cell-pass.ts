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
      for (let j = 0; j < width; j++) row[j] = parameters[from + j];
      addRows(row, parameters, {
        from: 0,
        factors: tokens,
        first: t * TOKEN_FEATURES,
        count: TOKEN_FEATURES,
      });
      if (t > 0) {
        addRows(row, parameters, {
          from: recurrentAt,
          factors: states,
          first: t * hidden,
          count: hidden,
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
        // Declared one by one because destructuring an array would allocate them on the heap.
        const enter = row[k];
        const keep = row[hidden + k];
        const leave = row[2 * hidden + k];
        const candidate = row[3 * hidden + k];
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
        const at = recurrentAt + k * width;
        const factor = states[t * hidden + k];
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

/** Rows of the parameters that follow each other, and what each of them is multiplied by. */
interface ScaledRows {
  readonly from: number;
  readonly factors: Float64Array;
  readonly first: number;
  readonly count: number;
}

/** Four rows in one pass, in their order: the same sums with fewer reads and writes. */
function addRows(
  row: Float64Array,
  parameters: ArrayLike<number>,
  { from, factors, first, count }: ScaledRows,
): void {
  const width = row.length;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const at = from + k * width;
    const factor1 = factors[first + k];
    const factor2 = factors[first + k + 1];
    const factor3 = factors[first + k + 2];
    const factor4 = factors[first + k + 3];
    for (let j = 0; j < width; j++) {
      let sum = row[j] + factor1 * parameters[at + j];
      sum += factor2 * parameters[at + width + j];
      sum += factor3 * parameters[at + 2 * width + j];
      sum += factor4 * parameters[at + 3 * width + j];
      row[j] = sum;
    }
  }
  for (; k < count; k++) {
    const factor = factors[first + k];
    for (let j = 0; j < width; j++) row[j] += factor * parameters[from + k * width + j];
  }
}
