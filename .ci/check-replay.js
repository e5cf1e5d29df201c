/** Checks what a replay wrote: node .ci/check-replay.js replay.json report.html */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [json, html] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
const { trace, policies, applications, frontier, models, clusters, anomalies } = JSON.parse(json);
const [foreprint, tracking] = ['foreprint', 'target-tracking-70'].map((wanted) =>
  policies.find(({ name }) => name === wanted),
);
const sum = (values) => values.reduce((total, value) => total + value, 0);

assert.ok(trace.applications > 0 && trace.steps > 0);
assert.ok(foreprint.instanceHours > 0, 'Foreprint was replayed');
assert.ok(foreprint.unservedDemand <= tracking.unservedDemand, 'no more unserved demand');
const worse = applications.filter(({ verdict }) => verdict.service === 'worse').length;
assert.ok(!trace.simulated || worse <= trace.applications / 10, 'hardly anybody is served worse');
// Costs decide how much of the saving is spent on service, so any of its settings will do.
assert.ok(
  frontier.some(
    ({ policy, instanceHours, unservedDemand }) =>
      policy === 'foreprint' &&
      instanceHours < tracking.instanceHours &&
      unservedDemand <= tracking.unservedDemand,
  ),
  'fewer hours than target tracking at no more unserved demand',
);
assert.ok(frontier.length > 0 && clusters.length > 0 && anomalies >= 0);
assert.equal(sum(Object.values(models)), trace.applications);

assert.ok(html.startsWith('<!doctype html>') && html.trimEnd().endsWith('</html>'));
assert.ok(!/(src|href)="https?:/.test(html), 'the report loads nothing');
assert.equal(
  /simulated/i.test(html),
  trace.simulated,
  'a simulated trace is called so, a real one is not',
);
process.stdout.write(`${json.length} bytes of JSON and ${html.length} of HTML are in order\n`);
