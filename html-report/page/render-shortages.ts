import type { FleetShortage, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { html, trusted, type Html } from '#html-report/markup/html.ts';
import { orderPolicies } from '#html-report/text/compare-policies.ts';
import { formatDuration, formatName, formatNumber, formatTime } from '#html-report/text/format.ts';

const WIDTH = 320;
const HEIGHT = 96;

type Level = (step: number) => number;

/**
 * Draws demand as an area, capacity as a step line, and the unserved demand between them.
 * @param top instances at the top of the drawing.
 */
function drawing({ demand, inService }: FleetShortage, top: number): Html {
  const steps = demand.length;
  const x = (step: number) => ((step * WIDTH) / steps).toFixed(1);
  const y = (value: number) => (HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1);
  const stairs = (level: Level) =>
    Array.from({ length: steps }, (_, k) => `V${y(level(k))}H${x(k + 1)}`).join('');
  const back = (level: Level) =>
    Array.from({ length: steps }, (_, k) => {
      const step = steps - 1 - k;
      return `V${y(level(step))}H${x(step)}`;
    }).join('');
  const demandAt: Level = (step) => (demand[step]! > 0 ? demand[step]! : 0);
  const capacityAt: Level = (step) => inService[step]!;
  const served: Level = (step) => Math.min(demandAt(step), capacityAt(step));
  const area = `M0 ${HEIGHT - 1}${stairs(demandAt)}V${HEIGHT - 1}Z`;
  const missing = `M0 ${y(demandAt(0))}${stairs(demandAt)}${back(served)}Z`;
  const capacity = `M0 ${y(capacityAt(0))}${stairs(capacityAt)}`;
  return html`<svg
    class="shortage"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    <path class="shortage-demand" d="${trusted(area)}" />
    <path class="shortage-missing" d="${trusted(missing)}" />
    <path class="shortage-capacity" d="${trusted(capacity)}" />
  </svg>`;
}

function renderShortage(shortage: FleetShortage, { trace }: ReplayResult, top: number): Html {
  const at = (step: number) => formatTime(trace.fromSeconds + step * trace.stepSeconds);
  const { demand, inService, fromStep } = shortage;
  const most = demand.reduce((peak, need, k) => Math.max(peak, (need || 0) - inService[k]!), 0);
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
    <p class="shortage-scale">${formatNumber(top)} instances</p>
    ${drawing(shortage, top)}
    <p class="shortage-times">
      <span>${at(fromStep)}</span><span>${at(fromStep + demand.length)}</span>
    </p>
  </figure>`;
}

/** Instances at the top of all drawings: one scale, as they stand beside each other. */
function commonTop(shortages: readonly FleetShortage[]): number {
  return Math.max(
    1,
    ...shortages.flatMap(({ demand, inService }) => [
      ...inService,
      ...demand.filter((need) => need > 0),
    ]),
  );
}

/** A policy without any shortage gets a note instead of a drawing. */
function renderNever(policy: string): Html {
  return html`<figure class="figure">
    <figcaption>
      <strong class="figure-title">${formatName(policy)}</strong>
      <span class="finding">Never short of anything in the evaluated steps.</span>
    </figcaption>
  </figure>`;
}

/** The worst shortage of every policy in the fleet, drawn step by step. */
export function renderShortages(result: ReplayResult): Html | null {
  if (result.policies.length === 0) return null;
  const top = commonTop(result.worstShortages);
  const worst = new Map(result.worstShortages.map((shortage) => [shortage.policy, shortage]));
  return html`<p class="quiet">
      The stretch with the most unserved demand, and two hours around it. The area is demand, the
      line the capacity in service, the strong area what was not served. All drawings have one scale
      of instances.
    </p>
    <div class="shortages">
      ${orderPolicies(result.policies).map(({ name }) => {
        const shortage = worst.get(name);
        return shortage ? renderShortage(shortage, result, top) : renderNever(name);
      })}
    </div>`;
}
