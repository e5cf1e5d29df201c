import type { ApplicationReplay } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import type { Explanations } from '#html-report/payload/chart-data.ts';

/**
 * The panel in which the page's script explains the allocation of a step; initially the worst
 * shortage.
 */
export function renderExplanation(
  { applicationId, worstShortages }: ApplicationReplay,
  explained: Explanations | null,
): Html {
  if (explained === null) return html`<p class="quiet">No decision was made.</p>`;
  const first = explained.firstStep;
  const last = explained.lastStep;
  const worst = worstShortages.find(({ policy }) => policy === 'foreprint')?.step ?? last;
  return html`<section class="why" aria-label="Why this allocation of ${applicationId}">
    <h5>Why this allocation</h5>
    <p class="quiet">
      Select a step: click in a chart above, move the slider with the arrow keys, or jump from
      change to change.
    </p>
    <div class="why-tools">
      <button type="button" data-change="before">‹ Change before</button>
      <label
        >Step
        <input
          type="range"
          min="${first}"
          max="${last}"
          value="${Math.min(last, Math.max(first, worst))}"
          step="1"
      /></label>
      <button type="button" data-change="after">Change after ›</button>
    </div>
    <div class="why-answer" aria-live="polite"></div>
  </section>`;
}
