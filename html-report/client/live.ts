import { pathName } from '#html-report/text/path-name.ts';
import { chooseSeries } from './choose-series.ts';
import { decodePayload, forgetPayload } from './decode-payload.ts';
import { drawWhenSeen, eraseCharts } from './draw-charts.ts';
import { exportCsv } from './export-csv.ts';
import { switchTheme } from './switch-theme.ts';

/** Where `renderLiveApplication` says that its data is. */
const PAYLOAD = 'payload-live';

const element = (id: string) => document.getElementById(id);

/** Name of the application in the address's fragment; null without one. */
function chosen(): string | null {
  const name = decodeURIComponent(location.hash.slice(1));
  return name === '' || element(name) !== null ? null : name;
}

/** Shows the fleet as it is now; the reader's place in the page and the focus stay. */
async function showFleet(): Promise<void> {
  const fleet = element('fleet');
  const response = await fetch('/live/fleet');
  if (fleet === null || !response.ok) return;
  const focused = document.activeElement?.getAttribute('href') ?? null;
  // renderFleet made this markup and escaped all data in it.
  fleet.innerHTML = await response.text();
  if (focused === null || document.activeElement !== document.body) return;
  for (const link of fleet.querySelectorAll('a')) {
    if (link.getAttribute('href') === focused) link.focus({ preventScroll: true });
  }
}

async function showApplication(name: string | null): Promise<void> {
  const section = element('application');
  const body = section?.querySelector<HTMLElement>('.body') ?? null;
  const heading = element('application-name');
  if (section === null || body === null || heading === null) return;
  section.hidden = name === null;
  if (name === null) return;
  const response = await fetch(`/live/applications/${pathName(name)}`);
  if (!response.ok || chosen() !== name) return;
  keepPayload(await response.text());
  const { markup } = await decodePayload(PAYLOAD);
  heading.textContent = name;
  eraseCharts(body);
  // renderLiveApplication made this markup and escaped all data in it.
  body.innerHTML = markup;
  drawWhenSeen(body);
}

function keepPayload(text: string): void {
  forgetPayload(PAYLOAD);
  const block = element(PAYLOAD) ?? document.createElement('script');
  block.setAttribute('type', 'text/plain');
  block.id = PAYLOAD;
  block.textContent = text;
  document.body.append(block);
}

/** Follows what the server says; the browser connects again by itself. */
function follow(): void {
  const events = new EventSource('/live/events');
  const say = (text: string) => {
    const status = element('connection');
    if (status !== null && status.textContent !== text) status.textContent = text;
  };
  events.addEventListener('interval', () => {
    say('');
    void showFleet();
    void showApplication(chosen());
  });
  events.addEventListener('error', () => say('The server does not answer; trying again.'));
}

switchTheme();
chooseSeries();
exportCsv();
window.addEventListener('hashchange', () => {
  const name = chosen();
  void showApplication(name).then(() => {
    if (name !== null) element('application-name')?.focus();
  });
});
void showApplication(chosen());
follow();
