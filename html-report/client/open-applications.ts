import { applicationLink } from '#html-report/text/application-link.ts';
import type { FleetTable } from './fleet-table.ts';
import { closeRow, isOpen, openRow } from './open-rows.ts';

/** The application that an address's fragment names; null if it names none. */
function namedIn(hash: string): string | null {
  if (!hash.startsWith('#app=')) return null;
  try {
    return decodeURIComponent(hash.slice('#app='.length));
  } catch {
    return null;
  }
}

function setHash(hash: string): void {
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}

function toggle(entry: HTMLElement, hash: string): void {
  if (!isOpen(entry)) {
    openRow(entry);
    setHash(hash);
    return;
  }
  closeRow(entry);
  if (location.hash === hash) setHash('');
}

/**
 * Opens and closes the sections of applications. The address names the one that was opened last, so
 * that it can be passed on.
 */
export function openApplications(table: FleetTable): void {
  const openNamed = (hash: string): void => {
    const name = namedIn(hash);
    const entry = name === null ? null : table.reveal(name);
    if (!entry || name === null) return;
    openRow(entry);
    setHash(applicationLink(name));
    entry.querySelector<HTMLElement>('.opener')?.focus({ preventScroll: true });
    entry.scrollIntoView();
  };
  document.addEventListener('click', (event) => {
    const { target } = event;
    const link =
      target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#app="]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const entry = link.closest<HTMLElement>('.entry');
    if (entry && link.matches('.opener')) toggle(entry, link.hash);
    else openNamed(link.hash);
  });
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.key !== ' ' || !(target instanceof HTMLElement) || !target.matches('.opener')) return;
    event.preventDefault();
    target.click();
  });
  window.addEventListener('hashchange', () => openNamed(location.hash));
  openNamed(location.hash);
}
