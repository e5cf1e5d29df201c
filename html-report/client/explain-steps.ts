import { explainDecision } from '#evaluation/replay/explain-decision.ts';
import type { Explanations } from '#html-report/payload/chart-data.ts';
import { reasonLines } from '#html-report/text/reason-lines.ts';
import { timeText } from './charts/tooltip.ts';
import { decodePayload } from './decode-payload.ts';
import { selectInstant, STEP_SELECTED } from './draw-charts.ts';

/**
 * Lets the reader select a step of an application, in its charts or with the slider, and explains
 * the decision of that step.
 */
export async function explainSteps(body: HTMLElement, payload: string): Promise<void> {
  const panel = body.querySelector<HTMLElement>('.why');
  const slider = panel?.querySelector('input');
  const answer = panel?.querySelector<HTMLElement>('.why-answer');
  const { explanations } = await decodePayload(payload);
  if (!slider || !answer || !explanations) return;
  const { startSeconds, stepSeconds } = explanations;

  const select = (step: number): void => {
    const selected = Math.max(Number(slider.min), Math.min(Number(slider.max), step));
    slider.value = String(selected);
    const seconds = startSeconds + selected * stepSeconds;
    slider.setAttribute('aria-valuetext', timeText(seconds * 1000));
    answer.replaceChildren(...answerOf(explanations, selected));
    selectInstant(payload, seconds);
  };
  slider.addEventListener('input', () => select(Number(slider.value)));
  for (const button of panel?.querySelectorAll<HTMLElement>('[data-change]') ?? []) {
    const direction = button.dataset['change'] === 'before' ? -1 : 1;
    button.addEventListener('click', () =>
      select(nextChange(explanations, Number(slider.value), direction)),
    );
  }
  body.addEventListener(STEP_SELECTED, (event) => {
    if (!(event instanceof CustomEvent)) return;
    // The chart reports a second; the step that contains it is explained.
    select(Math.floor((Number(event.detail) - startSeconds) / stepSeconds));
  });
  select(Number(slider.value));
}

/** Steps of the trace at which the log has a value. */
function loggedSteps({ stepGaps }: Explanations): readonly number[] {
  let step = 0;
  return stepGaps.map((gap) => (step += gap));
}

/** Position in the log of the decision that was in force at a step. */
function inForceAt(explanations: Explanations, step: number): number {
  return loggedSteps(explanations).findLastIndex((logged) => logged <= step);
}

/**
 * The closest step in a direction whose decision changed the capacity; the same step if there is
 * none.
 */
function nextChange(explanations: Explanations, from: number, direction: 1 | -1): number {
  const { before, after } = explanations.log.counts;
  const changes = loggedSteps(explanations).filter((_, k) => before[k] !== after[k]);
  const next =
    direction === 1 ? changes.find((step) => step > from) : changes.findLast((step) => step < from);
  return next ?? from;
}

function answerOf(explanations: Explanations, step: number): readonly HTMLElement[] {
  const { log, demand, demandBefore, startSeconds, stepSeconds } = explanations;
  const timeOf = (at: number) => timeText((startSeconds + at * stepSeconds) * 1000);
  const head = document.createElement('p');
  const time = head.appendChild(document.createElement('strong'));
  time.textContent = `${timeOf(step)}: `;
  const k = inForceAt(explanations, step);
  const explained = explainDecision(log, k);
  if (explained === null) {
    head.append('nothing was decided in this step.');
    return [head];
  }
  head.append(explained.reason.summary);
  const decidedAt = loggedSteps(explanations)[k] ?? step;
  const isThen = decidedAt === step;
  if (!isThen) head.append(` The number of instances has not changed since ${timeOf(decidedAt)}.`);
  const list = document.createElement('dl');
  const around = isThen ? { before: demandBefore[k] ?? null, then: demand[k] ?? null } : null;
  for (const { term, text } of reasonLines(explained, around)) {
    const row = list.appendChild(document.createElement('div'));
    row.appendChild(document.createElement('dt')).textContent = term;
    row.appendChild(document.createElement('dd')).textContent = text;
  }
  return [head, list];
}
