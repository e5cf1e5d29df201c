import { describe, expect, it } from 'vitest';
import { alertLine } from '#cli/presenters/monitoring-lines.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { Alert } from '#core/domain/ports.ts';
import { alertText } from '#core/text/alert-text.ts';

const incident: Incident = {
  applicationId: 'checkout-eu',
  resource: 'cpu',
  resources: ['cpu', 'network'],
  direction: 'above',
  level: 'page',
  causes: ['model', 'range', 'point'],
  suspect: 'application',
  afterDeploy: false,
  startSeconds: Date.UTC(2026, 10, 24, 17, 5) / 1000,
  endSeconds: null,
  severity: 5.6,
  peakActual: 31.2,
  expected: 12,
  lower: 9.5,
  upper: 14.5,
};
const opened = (change: Partial<Incident> = {}): Alert => ({
  kind: 'incident-opened',
  incident: { ...incident, ...change },
});

describe('alertText', () => {
  it('says what happened, since when, how far, the main resource, the cause, and what is done', () => {
    expect(alertText(opened()).message).toMatchInlineSnapshot(`
      "PAGE checkout-eu: CPU far above forecast
      Since 2026-11-24 17:05 UTC.
      Peak 31.2 cores, expected 12 cores (9.5 cores to 14.5 cores).
      CPU led; also network traffic.
      Strange: far from the forecast; beyond all values so far; far from the value before.
      The next allocations hold at least what is in use until this is over."
    `);
  });

  it('warns of low usage without removing capacity', () => {
    const below = {
      level: 'warn',
      direction: 'below',
      resources: ['cpu'],
      peakActual: 0.4,
    } as const;
    expect(alertText(opened({ ...below, afterDeploy: true })).message).toMatchInlineSnapshot(`
      "checkout-eu: CPU far below forecast
      Since 2026-11-24 17:05 UTC.
      Lowest 0.4 cores, expected 12 cores (9.5 cores to 14.5 cores).
      Strange: far from the forecast; beyond all values so far; far from the value before.
      A deployment is under way.
      The allocation stays at its forecast: little use may be the failure of something before it."
    `);
  });

  it('describes the behaviour of a resource inside its expected interval', () => {
    const still = { causes: ['still', 'quiet'], peakActual: 11, level: 'warn' } as const;
    expect(alertText(opened({ ...still, resources: ['cpu'] })).message).toMatchInlineSnapshot(`
      "checkout-eu: CPU stands still
      Since 2026-11-24 17:05 UTC.
      Peak 11 cores, expected 12 cores (9.5 cores to 14.5 cores).
      Strange: the same value again and again; far quieter than ever.
      The next allocations hold at least what is in use until this is over."
    `);
    const first = (change: Partial<Incident>) => alertText(opened(change)).subject;
    expect(first({ ...still, causes: ['volatility'] })).toContain('CPU far less steady than usual');
    expect(first({ ...still, peakActual: 20 })).toContain('CPU far above forecast');
  });

  it('distinguishes a bad forecast from a bad application', () => {
    expect(alertText(opened({ suspect: 'forecast' })).message).toContain(
      'forecast is rather at fault',
    );
  });

  it('says that nothing was measured', () => {
    const absent = { causes: ['absence'], direction: 'below' } as const;
    expect(alertText(opened(absent)).message).toMatchInlineSnapshot(`
      "PAGE checkout-eu: no measurements
      Since 2026-11-24 17:05 UTC.
      Strange: nothing was measured.
      The allocation stays as it is until measurements return."
    `);
  });

  it('says when a warning becomes a page', () => {
    const alert: Alert = { kind: 'incident-escalated', incident };
    expect(alertText(alert).message).toMatchInlineSnapshot(`
      "PAGE checkout-eu: CPU far above forecast: it got worse
      Since 2026-11-24 17:05 UTC.
      Peak 31.2 cores, expected 12 cores (9.5 cores to 14.5 cores).
      CPU led; also network traffic.
      Strange: far from the forecast; beyond all values so far; far from the value before.
      The next allocations hold at least what is in use until this is over."
    `);
  });

  it('ends with the link to the dashboard if there is one', () => {
    const url = 'https://grafana.example/d/fp?var-app={application}';
    const shop = opened({ applicationId: 'shop & co' });
    expect(alertText(shop, url).message.split('\n').at(-1)).toBe(
      'Picture: https://grafana.example/d/fp?var-app=shop%20%26%20co',
    );
    expect(alertText(shop).message).not.toContain('Picture');
    const digest: Alert = { kind: 'digest', atSeconds: 0, incidents: [incident] };
    expect(alertText(digest, url).message).not.toContain('Picture');
    expect(alertText(digest, 'https://all.example').message).toContain('Picture: https://all');
  });

  it('says when an incident ends', () => {
    const ended = { ...incident, endSeconds: incident.startSeconds + 5400 };
    const alert: Alert = { kind: 'incident-resolved', incident: ended };
    expect(alertText(alert).message).toMatchInlineSnapshot(`
      "checkout-eu: CPU back to normal
      From 2026-11-24 17:05 UTC to 2026-11-24 18:35 UTC.
      Peak 31.2 cores, expected 12 cores (9.5 cores to 14.5 cores).
      What the incident added to the allocation is withdrawn."
    `);
  });

  it('lists many applications in one message', () => {
    const incidents = Array.from({ length: 10 }, (_, k) => ({
      ...incident,
      applicationId: `app-${k}`,
    }));
    const digest: Alert = { kind: 'digest', atSeconds: incident.startSeconds, incidents };
    expect(alertText(digest).message).toMatchInlineSnapshot(`
      "10 applications left their forecast at once
      At 2026-11-24 17:05 UTC: look for what they share before looking at each.
      app-0: CPU far above forecast
      app-1: CPU far above forecast
      app-2: CPU far above forecast
      app-3: CPU far above forecast
      app-4: CPU far above forecast
      app-5: CPU far above forecast
      app-6: CPU far above forecast
      app-7: CPU far above forecast
      and 2 more"
    `);
  });

  it('writes the same on the console', () => {
    expect(alertLine(opened())).toMatchInlineSnapshot(`
      "PAGE checkout-eu: CPU far above forecast
        Since 2026-11-24 17:05 UTC.
        Peak 31.2 cores, expected 12 cores (9.5 cores to 14.5 cores).
        CPU led; also network traffic.
        Strange: far from the forecast; beyond all values so far; far from the value before.
        The next allocations hold at least what is in use until this is over."
    `);
  });

  it('adds the link on the console too', () => {
    const lines = alertLine(opened(), 'https://grafana.example/fp').split('\n');
    expect(lines.at(-1)).toBe('  Picture: https://grafana.example/fp');
  });

  it('fits on one screen of a phone', () => {
    for (const alert of [
      opened(),
      { kind: 'incident-escalated', incident } as const,
      opened({ afterDeploy: true, resources: ['cpu', 'memory', 'disk', 'network'] }),
    ]) {
      const lines = alertText(alert).message.split('\n');
      expect(lines.length).toBeLessThanOrEqual(10);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
      expect(alertText(alert).subject.length).toBeLessThanOrEqual(100);
    }
  });
});
