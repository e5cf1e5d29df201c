import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliResult } from './run-cli.ts';
import { smallTrace } from './small-trace.ts';

interface Policy {
  readonly name: string;
  readonly instanceHours: number;
}

describe('foreprint replay', () => {
  let directory: string;
  let result: CliResult;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'foreprint-test-'));
    await writeFile(
      join(directory, 't.csv'),
      smallTrace({ applications: ['one', 'two', 'three'], hours: 216 }),
    );
    const files = ['--json', 'out/r.json', '--csv', 'out/r.csv', '--report', 'out/r.html'];
    const args = [...files, '--workers', '2'];
    result = await runCli(directory, 'replay', 't.csv', ...args);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const json = async () => JSON.parse(await readFile(join(directory, 'out/r.json'), 'utf8'));

  it('exits with status 0 and prints a table with every policy', () => {
    expect(result.stderr).not.toContain('foreprint:');
    expect(result.status).toBe(0);
    for (const policy of ['Foreprint', 'Target tracking 70%', 'Static peak', 'Oracle']) {
      expect(result.stdout).toMatch(new RegExp(`^${policy} .*\\d`, 'm'));
    }
    expect(result.stdout).not.toContain('simulated');
  });

  it('writes the JSON of the contract', async () => {
    const document = await json();
    expect(Object.keys(document)).toEqual([
      'trace',
      'objective',
      'capped',
      'policies',
      'frontier',
      'models',
      'clusters',
      'anomalies',
      'applications',
    ]);
    expect(document).toMatchObject({ objective: 0.85, capped: true });
    expect(document.trace).toMatchObject({
      applications: 3,
      steps: 216,
      stepSeconds: 3600,
      evaluatedFrom: '2026-01-12T00:00:00Z',
    });
    for (const policy of document.policies) {
      expect(Object.keys(policy)).toEqual([
        'name',
        'instanceHours',
        'unservedDemand',
        'unservedHours',
        'shortSteps',
        'scalingActions',
        'meanUtilization',
        'elasticity',
      ]);
    }
    for (const point of document.frontier) {
      expect(Object.keys(point)).toEqual(['policy', 'knob', 'instanceHours', 'unservedDemand']);
    }
    const models = Object.values<number>(document.models);
    expect(models.reduce((sum, count) => sum + count, 0)).toBe(3);
    const members = document.clusters.flatMap(
      (cluster: { cluster_id: string; applications: string[] }) => cluster.applications,
    );
    expect(members.sort()).toEqual(['one', 'three', 'two']);
    expect(document.anomalies).toBeGreaterThanOrEqual(0);
  });

  it('judges every application beside target tracking, in JSON, table and text', async () => {
    const { applications } = await json();
    expect(applications.map((a: { application_id: string }) => a.application_id).sort()).toEqual([
      'one',
      'three',
      'two',
    ]);
    for (const { verdict, policies } of applications) {
      expect(['lower', 'same', 'higher']).toContain(verdict.cost);
      expect(['better', 'same', 'worse']).toContain(verdict.service);
      expect(Object.keys(policies['target-tracking-70'])).toEqual([
        'instanceHours',
        'unservedDemand',
        'shortSteps',
        'scalingActions',
      ]);
    }
    const rows = (await readFile(join(directory, 'out/r.csv'), 'utf8')).trim().split('\n');
    expect(rows[0]).toBe(
      'application_id,cost,service,policy,instance_hours,unserved_demand,short_steps,scaling_actions',
    );
    expect(rows.length).toBe(1 + 3 * Object.keys(applications[0].policies).length);
    expect(result.stdout).toMatch(/served better, \d the same and \d worse; \d cheaper/);
  });

  it('needs less than target tracking and no less than the oracle', async () => {
    const { policies } = await json();
    const hours = (name: string) =>
      policies.find((policy: Policy) => policy.name === name).instanceHours;
    expect(hours('foreprint')).toBeLessThan(hours('target-tracking-70'));
    expect(hours('foreprint')).toBeGreaterThan(0.9 * hours('oracle'));
  });

  it('writes a report that loads nothing', async () => {
    const report = await readFile(join(directory, 'out/r.html'), 'utf8');
    // Not toContain: its message would print the whole report.
    const holds = (text: string) => report.includes(text);
    expect(
      ['<!doctype html>', 'default-src', 'one', 'two', 'three'].filter((t) => !holds(t)),
    ).toEqual([]);
    expect(/(src|href)="https?:/.test(report)).toBe(false);
  });
});
