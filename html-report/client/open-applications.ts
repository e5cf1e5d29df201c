import { decodePayload, forgetPayload } from './decode-payload.ts';
import { drawWhenSeen, eraseCharts } from './draw-charts.ts';
import { explainSteps } from './explain-steps.ts';

async function fill(section: HTMLDetailsElement): Promise<void> {
  const payload = section.dataset['payload'];
  const body = section.querySelector<HTMLElement>('.body');
  if (payload === undefined || body === null || body.childElementCount > 0) return;
  const { markup } = await decodePayload(payload);
  if (!section.open) return;
  // Markup of renderApplication: everything in it that came from data was escaped there.
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

/** Opens the application that the address names after its #. */
function openNamed(): void {
  const section = document.getElementById(location.hash.slice(1));
  if (!(section instanceof HTMLDetailsElement)) return;
  const entry = section.closest<HTMLElement>('.entry');
  if (entry !== null) entry.hidden = false;
  section.open = true;
  section.querySelector('summary')?.focus({ preventScroll: true });
  section.scrollIntoView();
}

/** Fills sections of applications when they are opened and empties them when they are closed. */
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
