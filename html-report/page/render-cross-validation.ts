import { RESOURCES } from '#core/domain/footprint.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import { candidateName } from '#core/text/model-name.ts';
import type { ApplicationReplay } from '#evaluation/replay/replay-result.ts';
import { html, type Html } from '#html-report/markup/html.ts';
import { renderTable, type Column } from '#html-report/markup/render-table.ts';
import { formatName, formatNumber, formatWhole } from '#html-report/text/format.ts';
import type { CandidateScore } from '#models/contract/forecast-model.ts';

const SELECTED = html` <span class="mark mark-chosen">selected</span>`;

const COLUMNS: readonly Column<CandidateScore>[] = [
  {
    head: 'Candidate',
    cell: (c) => html`${formatName(candidateName(c))}${c.selected ? SELECTED : null}`,
  },
  { head: 'Loss', kind: 'number', cell: (c) => formatNumber(c.loss) },
  { head: '± s.e.', kind: 'number', cell: (c) => formatNumber(c.standardError) },
  {
    head: 'Loss by horizon, near to far',
    cell: (c) => c.bandLosses.map((loss) => formatNumber(loss)).join(' · ') || '–',
  },
  { head: 'Origins', kind: 'number', cell: (c) => formatWhole(c.origins) },
  { head: 'Cost', kind: 'number', cell: (c) => `${formatNumber(c.relativeCost)}×` },
  { head: 'Note', kind: 'note', cell: (c) => c.reason ?? '' },
];

/**
 * The last cross-validation per resource: all candidates, the best first, those without a loss
 * last.
 */
export function renderCrossValidation(application: ApplicationReplay): Html {
  const tables = RESOURCES.flatMap((resource) => {
    const scores = application.crossValidation[resource];
    if (scores === undefined || scores.length === 0) return [];
    const rows = [...scores].sort((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity));
    const caption = `${RESOURCE_LABELS[resource]}: candidates by mean weighted quantile loss, smaller is better`;
    return [
      renderTable({ caption, columns: COLUMNS, rows, emphasized: ({ selected }) => selected }),
    ];
  });
  return tables.length === 0
    ? html`<p class="quiet">Not trained: too little history of its own.</p>`
    : html`${tables}`;
}
