import type { FleetShortage, ReplayResult } from '#core/replay/replay-result.ts';
import { formatDuration, formatName, formatNumber, formatTime } from './format.ts';
import { html, trusted, type Html } from './html.ts';

const WIDTH = 320;
const HEIGHT = 96;

/** Demand as an area, capacity as stairs over it, what was not served between the two. */
function drawing({ demand, inService }: FleetShortage): Html {
  const top = demand.reduce((most, need) => (need > most ? need : most), Math.max(...inService, 1));
  const x = (step: number) => ((step * WIDTH) / demand.length).toFixed(1);
  const y = (value: number) => (HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1);
  const stairs = (values: Float64Array, value: (given: number) => number) =>
    Array.from(values, (given, k) => `V${y(value(given))}H${x(k + 1)}`).join('');
  const known = (need: number) => (Number.isNaN(need) ? 0 : need);
  const area = `M0 ${HEIGHT - 1}${stairs(demand, known)}V${HEIGHT - 1}Z`;
  const capacity = `M0 ${y(inService[0] ?? 0)}${stairs(inService, (given) => given)}`;
  return html`<svg
    class="shortage"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    aria-hidden="true"
    focusable="false"
  >
    <path class="shortage-demand" d="${trusted(area)}" />
    <path class="shortage-capacity" d="${trusted(capacity)}" />
  </svg>`;
}

function renderShortage(shortage: FleetShortage, { trace }: ReplayResult): Html {
  const at = (step: number) => formatTime(trace.fromSeconds + step * trace.stepSeconds);
  const most = shortage.demand.reduce(
    (peak, need, k) => Math.max(peak, (need || 0) - shortage.inService[k]!),
    0,
  );
  return html`<figure class="figure">
    <figcaption>
      <strong class="figure-title">${formatName(shortage.policy)}</strong>
      <span class="finding">
        ${shortage.applicationId} from ${at(shortage.step)} UTC:
        ${formatDuration(shortage.steps * trace.stepSeconds)} short, at most ${formatNumber(most)}
        instances, ${formatNumber((shortage.unserved * trace.stepSeconds) / 3600)} instance-hours
        unserved.
      </span>
    </figcaption>
    ${drawing(shortage)}
  </figure>`;
}

/** The worst shortage of every policy anywhere in the fleet, drawn step by step. */
export function renderShortages(result: ReplayResult): Html | null {
  if (result.worstShortages.length === 0) return null;
  return html`<h3>The worst shortage of each policy</h3>
    <p class="quiet">
      The stretch with the most unserved demand, and two hours around it. The area is demand, the
      line the capacity in service; every drawing has its own scale.
    </p>
    <div class="shortages">
      ${result.worstShortages.map((shortage) => renderShortage(shortage, result))}
    </div>`;
}
