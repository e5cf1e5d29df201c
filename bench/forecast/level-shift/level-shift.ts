/**
 * How far the median is off after a level has shifted, beside the last value and seasonal naive.
 *
 *   npm run bench:level-shift -- [--steps 300,3600,86400] [--noise 0.01,0.05] [--between]
 *
 * Every variant is a series of its own: a level with or without a season is multiplied by a factor
 * some time before the forecast. With --between the model was trained before the shift. A cell is
 * the mean absolute error of the median over the steps up to 1, 6, 12 and 24 hours (daily steps: 1
 * to 7 steps) ÷ the better of the two simple forecasts over the same steps.
 */
import { parseArgs } from 'node:util';
import { shiftGrid, shiftRatios } from './shift-grid.ts';

const { values: given } = parseArgs({
  options: {
    steps: { type: 'string', default: '300,3600,86400' },
    noise: { type: 'string', default: '0.01,0.05' },
    between: { type: 'boolean', default: false },
  },
});

const numbers = (list: string): readonly number[] => list.split(',').map(Number);
const MOST = 3;

let [variants, failed] = [0, 0];
console.log('| variant | model | ratios |\n| --- | --- | --- |');
for (const variant of shiftGrid(numbers(given.steps), numbers(given.noise))) {
  const { model, ratios } = await shiftRatios(variant, given.between);
  const isFar = ratios.some((ratio) => ratio > MOST);
  variants++;
  if (isFar) failed++;
  const cells = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  console.log(`| ${variant.name} | ${model} | ${isFar ? `**${cells}**` : cells} |`);
}
console.log(`\n${failed} of ${variants} variants are more than ${MOST} times as far off.`);
