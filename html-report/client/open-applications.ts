import { decodePayload, forgetPayload } from './decode-payload.ts';
import { drawWhenSeen, eraseCharts } from './draw-charts.ts';
import { explainSteps } from './explain-steps.ts';

async function fill(section: HTMLDetailsElement): Promise<void> {
  const payload = section.dataset['payload'];
  const body = section.querySelector<HTMLElement>('.body');
  if (payload === undefined || body === null || body.childElementCount > 0) return;
  const { markup } = await decodePayload(payload);
  if (!section.open) return;
  // renderApplication made this markup and escaped all data in it.
  body.innerHTML = markup;
  drawWhenSeen(body);
  void explainSteps(body, payload);
}

function empty(section: HTMLDetailsElement): void {
  const body = section.querySelector<HTMLElement>('.body');
  if (body === null) return;
  eraseCharts(body);
  body.replaceChildren();
  forgetPayload(section.dataset['payload'] ?? '');
}

/** Opens the application in the address's fragment (#…). */
function openNamed(): void {
  const section = document.getElementById(location.hash.slice(1));
  if (!(section instanceof HTMLDetailsElement)) return;
  const entry = section.closest<HTMLElement>('.entry');
  if (entry !== null) entry.hidden = false;
  section.open = true;
  section.querySelector('summary')?.focus({ preventScroll: true });
  section.scrollIntoView();
}

/** Fills an application's section when it is opened and empties it when it is closed. */
export function openApplications(): void {
  for (const section of document.querySelectorAll<HTMLDetailsElement>('details.application')) {
    section.addEventListener('toggle', () => {
      if (section.open) void fill(section);
      else empty(section);
    });
  }
  window.addEventListener('hashchange', openNamed);
  openNamed();
}
