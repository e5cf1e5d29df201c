import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MODE_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import { LIFECYCLE_HOOKS } from '#cdk/configuration/lifecycle-hooks.ts';
import { MODES } from '#cdk/configuration/modes.ts';

const file = new URL('../../docs/aws/terraform/enrol-group.tf', import.meta.url);
const terraform = readFileSync(fileURLToPath(file), 'utf8');

test('the Terraform file enrols a group with the tags and hooks that functions know', () => {
  for (const { name, transition, timeoutSeconds, defaultResult } of LIFECYCLE_HOOKS) {
    expect(terraform).toMatch(new RegExp(`"${name}" +=\\s+"${transition}"`));
    expect(terraform).toMatch(new RegExp(`heartbeat_timeout +=\\s+${timeoutSeconds}`));
    expect(terraform).toMatch(new RegExp(`default_result +=\\s+"${defaultResult}"`));
  }
  for (const tag of [MODE_TAG, TYPE_TAG]) expect(terraform).toContain(`"${tag}" = `);
  for (const mode of MODES) expect(terraform).toContain(`"${mode}"`);
});
