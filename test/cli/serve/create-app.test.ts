import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#cli/serve/create-app.ts';
import {
  applicationsSchema,
  decisionSchema,
  forecastSchema,
  incidentsSchema,
  kedaSchema,
} from '#cli/serve/documents.ts';
import { createLiveState, type LiveState } from '#cli/serve/live-state.ts';
import { pathName } from '#html-report/text/path-name.ts';
import { PROMETHEUS_FOLDER } from '#test/emulators/metrics/prometheus-server.ts';
import { runAccelerated } from './accelerated-loop.ts';

describe('the routes of the server', () => {
  let state: LiveState;
  let nowSeconds = 0;
  let asked = 0;
  const directory = mkdtempSync(path.join(tmpdir(), 'foreprint-serve-'));
  const app = (token: string | null = null, shown = state) =>
    createApp({
      state: shown,
      token,
      version: '1.0.0',
      clock: { nowSeconds: () => nowSeconds },
      use: () => ({ residentBytes: 1e6, startedAtSeconds: 1 }),
      again: () => asked++,
    });
  const get = async (address: string) => app().request(address);

  beforeAll(async () => {
    const fleet = await runAccelerated({ directory, intervals: 2 });
    state = createLiveState({ ...fleet.health, intervalAtSeconds: null });
    expect((await get('/readyz')).status).toBe(503);
    state.replace(fleet);
    nowSeconds = fleet.health.intervalAtSeconds ?? 0;
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('is healthy, and ready while its decisions are recent', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    nowSeconds += 86_400;
    expect((await get('/readyz')).status).toBe(503);
    nowSeconds -= 86_400;
  });

  it('answers what its OpenAPI document says', async () => {
    const body = async (address: string): Promise<unknown> => (await get(address)).json();
    const applications = applicationsSchema.strict().parse(await body('/v1/applications'));
    const marks = applications.applications.map(({ simulated }) => simulated);
    expect(marks).toEqual([true, false]);
    const id = encodeURIComponent('shop/checkout');
    const forecast = forecastSchema.strict().parse(await body(`/v1/applications/${id}/forecast`));
    expect(forecast.resources.cpu?.quantiles).toHaveLength(8);
    const decision = decisionSchema.parse(await body(`/v1/applications/${id}/decision`));
    const keda = kedaSchema.strict().parse(await body(`/v1/keda/${id}`));
    expect(keda.value).toBe(decision.instances);
    expect(keda.value).toBe(applications.applications[1]?.wanted);
    // A slash that is not encoded is one too.
    expect(await body('/v1/keda/shop/checkout')).toEqual(keda);
    incidentsSchema.strict().parse(await body('/v1/incidents'));
    expect(await body('/openapi.json')).toMatchObject({
      openapi: '3.1.0',
      paths: { '/v1/keda/{id}': { get: { responses: { 200: {}, 404: {} } } } },
    });
  });

  it.each(['.', '..', '...', 'shop/..', '../shop', '%2E%2E', '/', '//', 'a b?c#d', 'ü\\'])(
    'finds an application named %s at the address that a client makes of its name',
    async (name) => {
      const fleet = state.fleet();
      const [first] = fleet.applications;
      const live = createLiveState(fleet.health);
      live.replace({ ...fleet, applications: [{ ...first!, applicationId: name }] });
      const answer = async (ending: string) => {
        // As fetch and browsers do, before anything is sent.
        const { href } = new URL(ending.replace('{id}', pathName(name)), 'http://localhost');
        return (await app(null, live).request(href)).status;
      };
      expect(await answer('/v1/keda/{id}')).toBe(200);
      expect(await answer('/v1/applications/{id}/decision')).toBe(200);
      expect(await answer('/v1/applications/{id}/forecast')).toBe(200);
      expect(await answer('/live/applications/{id}')).toBe(200);
      expect(await answer('/v1/keda/{id}x')).toBe(404);
    },
  );

  it('knows no other application, path or method', async () => {
    for (const address of [
      '/v1/keda/none',
      '/v1/applications/none/decision',
      '/v1/keda/%ff',
      '/x',
    ]) {
      expect((await get(address)).status, address).toBe(404);
    }
    expect((await get('/v1/applications/shop%2Fcheckout')).status).toBe(404);
    const post = (token: string | null, authorization?: string) =>
      app(token).request('/v1/interval', {
        method: 'POST',
        headers: authorization === undefined ? {} : { authorization },
      });
    expect((await post(null, 'Bearer ')).status).toBe(405);
    expect((await post('secret')).status).toBe(401);
    expect((await post('secret', 'Bearer secreT')).status).toBe(401);
    for (const wrong of ['secret', 'Bearer', 'Basic secret', 'Bearer secret secret']) {
      expect((await post('secret', wrong)).status, wrong).toBe(401);
    }
    expect((await post('secret')).headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(asked).toBe(0);
    expect((await post('secret', 'Bearer secret')).status).toBe(202);
    expect((await post('secret', 'bearer secret')).status).toBe(202);
    expect(asked).toBe(2);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'says what it allows for %s',
    async (method) => {
      const answer = async (address: string) => {
        const { status, headers } = await app().request(address, { method });
        return [status, headers.get('Allow')];
      };
      for (const address of ['/', '/healthz', '/metrics', '/v1/applications', '/v1/keda/shop']) {
        const expected = [method === 'OPTIONS' ? 204 : 405, 'GET, HEAD'];
        expect(await answer(address), address).toEqual(expected);
      }
      expect(await answer('/x')).toEqual([404, null]);
      if (method !== 'POST') {
        const expected = [method === 'OPTIONS' ? 204 : 405, 'POST'];
        expect(await answer('/v1/interval')).toEqual(expected);
      }
    },
  );

  it('tells Prometheus instances, forecasts, incidents and its health', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/^foreprint_instances_wanted\{application="shop\/checkout"\} \d+$/m);
    expect(text).toMatch(
      /^foreprint_forecast\{application="shop\/checkout",resource="cpu",level="0\.9"\} [\d.]+$/m,
    );
    expect(text).toContain('foreprint_incidents_open{application="shop/checkout"} 0');
    expect(text).toContain('foreprint_intervals_total 2');
    if (PROMETHEUS_FOLDER === null) return;
    const promtool = path.join(PROMETHEUS_FOLDER, 'promtool');
    // Fails with what is wrong in the text.
    execFileSync(promtool, ['check', 'metrics'], { input: text });
  });

  it('renders names as text, and allows no script but its own', async () => {
    const page = await get('/');
    expect(page.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'sha256-",
    );
    const text = await page.text();
    expect(text).toContain('shop/&lt;b&gt;cart&lt;/b&gt;');
    expect(text).not.toContain('<b>cart');
  });
});
