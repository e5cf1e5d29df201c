import { expect, it } from 'vitest';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { renderReport } from '#html-report/page/render-report.ts';
import type { Price } from '#html-report/text/monthly.ts';
import { fixtureReplay } from './fixture.ts';
import { readPayload } from './read-payload.ts';

const HOSTILE = `</script><img src=x onerror="alert('1')">&amp;`;

/** Markup without what is between script tags: the text a browser lays out. */
const visible = (report: string) => report.replace(/<script[\s\S]*?<\/script>/g, '');

it('escapes every name in the data', async () => {
  const plain = fixtureReplay({ names: [HOSTILE, `"' onmouseover=x`] });
  const [first, ...others] = plain.applications;
  const hostile: ReplayResult = {
    ...plain,
    trace: { ...plain.trace, sources: [HOSTILE] },
    policies: [...plain.policies, { ...plain.policies[0]!, name: HOSTILE }],
    models: { [HOSTILE]: 5 },
    clusters: plain.clusters.map((cluster) => ({
      ...cluster,
      clusterId: HOSTILE,
      name: HOSTILE,
    })),
    applications: [{ ...first!, applicationType: HOSTILE, clusterId: HOSTILE }, ...others],
  };
  const report = await renderReport(hostile);
  const markup = visible(report) + readPayload(report, 'payload-0').markup;
  expect(markup).not.toContain('<img');
  expect(markup).not.toContain(`onerror="`);
  expect(markup).not.toMatch(/"' onmouseover/);
  expect(markup).toContain(
    '&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;',
  );
  // One per application, one for the fleet, one for the page.
  expect(report.match(/<\/script>/g)).toHaveLength(hostile.applications.length + 2);
});

it('shows the numbers of the summary unchanged', async () => {
  const replay = fixtureReplay();
  const [foreprint, tracking] = replay.policies;
  const report = await renderReport({
    ...replay,
    anomalies: 4711,
    policies: [
      { ...foreprint!, instanceHours: 12345.4, unservedDemand: 0.0123, shortSteps: 0.0456 },
      { ...tracking!, instanceHours: 20000, unservedDemand: 0.0246, scalingActions: 98765 },
    ],
  });
  const text = visible(report)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  for (const shown of ['12,345', '20,000', '1.23%', '2.46%', '4.56%', '98,765', '4,711']) {
    expect(text).toContain(shown);
  }
  expect(text).toContain('−38.3%');
  expect(text).toMatch(
    /38\.3% fewer instance-hours and 50\.0% less unserved demand than target tracking 70%/,
  );
});

it('shows savings against every other policy, in money if a price is given, and every worst shortage', async () => {
  const replay = fixtureReplay();
  const [foreprint, tracking] = replay.policies;
  const policies = [
    { ...foreprint!, instanceHours: 100, unservedDemand: 0.01, unservedHours: 0.5 },
    { ...tracking!, instanceHours: 200, unservedDemand: 0.2, unservedHours: 10 },
    { ...tracking!, name: 'static-peak', instanceHours: 80, unservedDemand: 0, unservedHours: 0 },
  ];
  const textOf = async (price?: Price) =>
    visible(await renderReport({ ...replay, policies, frontier: [] }, { price }))
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
  const text = await textOf({ perHour: 0.25, currency: 'USD' });
  expect(text).toMatch(/Target tracking 70% −100 \(−50\.0%\) −\$25 −9\.5 \(−95\.0%\) – – –/);
  expect(text).toMatch(/Static peak \+20 \(\+25\.0%\) \+\$5 \+0\.5 – – –/);
  expect(text).toContain('One instance-hour costs $0.25; Foreprint costs $25 in all.');
  expect(text).toContain('Static peak Never short of anything');
  expect(await textOf()).not.toContain('$');
});

it('reports a worse result as such', async () => {
  const replay = fixtureReplay();
  const [foreprint, tracking] = replay.policies;
  const report = await renderReport({
    ...replay,
    policies: [
      { ...foreprint!, instanceHours: 110, unservedDemand: 0.03 },
      { ...tracking!, instanceHours: 100, unservedDemand: 0.02 },
    ],
  });
  const text = visible(report)
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');
  expect(text).toContain('10.0% more instance-hours and 50.0% more unserved demand');
});

it('marks a simulated fleet everywhere as simulated, and a measured one nowhere', async () => {
  const simulated = await renderReport(fixtureReplay({ simulated: true }));
  const measured = await renderReport(fixtureReplay());
  expect(simulated).toMatch(/<title>[^<]*simulated/);
  const captions = readPayload(simulated, 'payload-0').markup.match(
    /<figcaption>[\s\S]*?<\/figcaption>/g,
  );
  expect(captions!.length).toBeGreaterThan(2);
  for (const caption of captions!) expect(caption).toContain('simulated');
  expect(visible(measured)).not.toMatch(/simulated/i);
});

it('draws spikes and gaps of the trace and no number that is not finite', async () => {
  const replay = fixtureReplay({ days: 30 });
  const { applications } = replay;
  const report = await renderReport(replay);
  const chart = readPayload(report, 'payload-1').charts['history-cpu'];
  const drawn = chart?.kind === 'history' ? chart.columns.values['actual']! : [];
  const actual = applications[1]!.actual.cpu!.filter((value) => !Number.isNaN(value));
  expect(Math.max(...drawn.map((value) => value ?? 0))).toBeCloseTo(Math.max(...actual), 2);
  expect(drawn).toContain(null);
  expect(drawn.length).toBeLessThan(2300);
});

it('renders a replay without any result', async () => {
  const replay = fixtureReplay({ applications: 1 });
  const empty = new Float64Array(replay.trace.steps).fill(NaN);
  const report = await renderReport({
    ...replay,
    policies: [],
    frontier: [],
    models: {},
    clusters: [],
    moves: [],
    applications: [
      {
        ...replay.applications[0]!,
        actual: {},
        demand: empty,
        inService: {},
        policies: [],
        fan: {},
        expected: { lower: empty, median: empty, upper: empty },
        incidents: [],
        crossValidation: {},
        decisions: [],
        decisionCount: 0,
      },
    ],
  });
  const text = visible(report) + readPayload(report, 'payload-0').markup;
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
  expect(text).toContain('No incidents.');
});

it('stays below 20 MB for 200 applications and 30 days, every decision included', async () => {
  const replay = fixtureReplay({ applications: 8, days: 30, resources: ['cpu'] });
  const applications = Array.from({ length: 20 }, (_, k) => ({
    ...replay.applications[k % 8]!,
    applicationId: `application-${k}`,
  }));
  // A tenth of them: each has a block of its own, and compressing them is all that takes time.
  const report = await renderReport({ ...replay, applications });
  expect(Buffer.byteLength(report)).toBeLessThan(2e6);
  expect(Buffer.byteLength(report)).toBeGreaterThan(2e6 / 10);
});

it('stays below 15 MB for 1,000 applications and 28 days, fifty of them in detail', async () => {
  const replay = fixtureReplay({ applications: 5, days: 28, resources: ['cpu'] });
  const applications = Array.from({ length: 1000 }, (_, k) => ({
    ...replay.applications[k % 5]!,
    applicationId: `application-${k}`,
  }));
  const report = await renderReport({ ...replay, applications });
  expect(Buffer.byteLength(report)).toBeLessThan(15e6);
  expect(report.match(/<script type="text\/plain"/g)).toHaveLength(51);
  expect(readPayload(report, 'payload-fleet').fleet!.rows).toHaveLength(1000);
  // A page of rows stands in the markup, the others in the block.
  expect(report.match(/<tbody class="entry"/g)).toHaveLength(50);
});

it('puts verdict, numbers, what to do and applications before all else', async () => {
  const report = await renderReport(fixtureReplay());
  const sections = ['verdict', 'month', 'next', 'applications', 'frontier', 'more'];
  const places = sections.map((id) =>
    report.search(new RegExp(`<(header|section)[^>]* id="${id}"`)),
  );
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
