import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { METRICS } from '#cdk/configuration/metric-names.ts';
import { FULL, ofType, synthesise } from './synthesise.ts';

const cost = readFileSync(new URL('../../docs/aws/cost.md', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../docs/aws/README.md', import.meta.url), 'utf8');
const { resources } = synthesise(FULL);

/** Cells of the rows of the table under a heading, without its head. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = cost.split(`\n## ${heading}`);
  const [table = ''] = /(^\|.*\n)+/m.exec(after) ?? [];
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('**', '')),
    );
}

const deployment = tableUnder('A deployment');
const countOf = (what: string): number =>
  Number(deployment.find(([name]) => name?.startsWith(what))?.[1]?.match(/^\d+/)?.[0]);
const inTemplate = (type: string): number => ofType(resources, type).length;

it('the page of costs counts the alarms, metrics, keys and dashboards of the template', () => {
  expect(countOf('alarms')).toBe(inTemplate('AWS::CloudWatch::Alarm'));
  expect(countOf('custom metrics')).toBe(METRICS.length);
  expect(countOf('key')).toBe(inTemplate('AWS::KMS::Key'));
  expect(countOf('dashboard')).toBe(inTemplate('AWS::CloudWatch::Dashboard'));
});

it.each(['A group, a month', 'A deployment, a month'])('the rows of "%s" add up', (heading) => {
  const rows = tableUnder(heading);
  const amounts = rows.map((cells) => Number(cells.at(-1)));
  const sum = amounts.pop();
  expect(amounts.length).toBeGreaterThan(5);
  expect(amounts.reduce((a, b) => a + b)).toBeCloseTo(sum ?? NaN, 2);
});

it('the page of costs does not leave out what the agent’s metric costs', () => {
  const text = cost.replaceAll(/\s+/g, ' ');
  const [, price = '', ten = ''] =
    /\$(\d\.\d+) × \(instances \+ 1\) a month, \$(\d\.\d+) for ten instances/.exec(text) ?? [];
  expect(Number(price)).toBe(0.3);
  expect(Number(ten)).toBeCloseTo(11 * Number(price), 9);
  expect(text).toMatch(/drop_original_metrics[^.]*only the group's is left, \$0\.30 a month/);
});

it('the agent’s configuration that the guide gives keeps no metric of single instances', () => {
  const [, agent = ''] = /```json\s+(\{\s+"metrics"[^`]*)```/.exec(readme) ?? [];
  const { metrics } = JSON.parse(agent);
  expect(metrics.metrics_collected.mem.drop_original_metrics).toEqual(['mem_used_percent']);
  expect(metrics.aggregation_dimensions).toEqual([['AutoScalingGroupName']]);
});
