import { decodePayload, forgetPayload } from './decode-payload.ts';
import { drawWhenSeen, eraseCharts } from './draw-charts.ts';
import { explainSteps } from './explain-steps.ts';

interface RowParts {
  readonly opener: HTMLElement;
  readonly detail: HTMLElement;
  readonly body: HTMLElement;
}

function partsOf(entry: HTMLElement): RowParts | null {
  const opener = entry.querySelector<HTMLElement>('.opener');
  const detail = entry.querySelector<HTMLElement>('.detail');
  const body = entry.querySelector<HTMLElement>('.body');
  return opener && detail && body ? { opener, detail, body } : null;
}

export function isOpen(entry: HTMLElement): boolean {
  return partsOf(entry)?.detail.hidden === false;
}

async function fill(body: HTMLElement, isWanted: () => boolean): Promise<void> {
  const payload = body.dataset['payload'] ?? '';
  if (body.childElementCount > 0) return;
  if (payload === '') {
    const note = document.querySelector<HTMLTemplateElement>('#no-detail');
    if (note) body.append(note.content.cloneNode(true));
    return;
  }
  const { markup } = await decodePayload(payload);
  if (!isWanted()) return;
  // renderApplication made this markup and escaped all data in it.
  body.innerHTML = markup;
  drawWhenSeen(body);
  void explainSteps(body, payload);
}

/** Opens the section of an application and fills it. */
export function openRow(entry: HTMLElement): void {
  const parts = partsOf(entry);
  if (!parts || !parts.detail.hidden) return;
  parts.detail.hidden = false;
  parts.opener.setAttribute('aria-expanded', 'true');
  void fill(parts.body, () => !parts.detail.hidden);
}

/** Closes the section of an application and empties it: charts take memory. */
export function closeRow(entry: HTMLElement): void {
  const parts = partsOf(entry);
  if (!parts || parts.detail.hidden) return;
  parts.detail.hidden = true;
  parts.opener.setAttribute('aria-expanded', 'false');
  eraseCharts(parts.body);
  parts.body.replaceChildren();
  forgetPayload(parts.body.dataset['payload'] ?? '');
}
