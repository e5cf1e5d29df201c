import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ConfigurationInput } from '#cdk/configuration/configuration-schema.ts';
import { ForeprintStack } from '#cdk/foreprint-stack.ts';
import { atEndOfFile } from '#test/end-of-file.ts';
import cdkJson from '../../cdk.json' with { type: 'json' };

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** Outputs of one test file, 50 MB each with the layer; gone when its tests are done. */
let root: string | null = null;

function rootOfFile(): string {
  if (root !== null) return root;
  const made = mkdtempSync(path.join(tmpdir(), 'foreprint-cdk-'));
  atEndOfFile(() => {
    rmSync(made, { recursive: true, force: true });
    root = null;
  });
  return (root = made);
}

/** Stacks whose code is bundled. Templates are the same without, and bundling takes seconds. */
const BUNDLED = { 'aws:cdk:bundling-stacks': ['**'] };
const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

/**
 * An app whose output does not outlive the test file. Nothing is bundled unless asked for, and the
 * templates are not held against CloudFormation's rules: that takes seconds for each, and only
 * warns. `cdk synth` of the whole check does so, and cfn-lint refuses what they find.
 */
export function temporaryApp(context: Readonly<Record<string, unknown>> = {}): App {
  const outdir = mkdtempSync(path.join(rootOfFile(), 'app-'));
  return new App({
    outdir,
    context: { ...cdkJson.context, ...UNBUNDLED, ...context },
    builtinCloudFormationValidation: false,
  });
}

/**
 * The stack of a configuration and the resources of its template by logical name.
 * @param assets whether code is bundled, for tests that look into it.
 */
export function synthesise(
  configuration: ConfigurationInput,
  assets: 'bundled' | 'unbundled' = 'unbundled',
) {
  const app = temporaryApp(assets === 'bundled' ? BUNDLED : {});
  const stack = new ForeprintStack(app, 'Foreprint', { configuration });
  const template = Template.fromStack(stack);
  const resources: Readonly<Record<string, Resource>> = template.toJSON()['Resources'];
  return { app, stack, template, resources };
}

/** Resources of one type, with their logical names. */
export function ofType(
  resources: Readonly<Record<string, Resource>>,
  type: string,
): readonly (readonly [string, Resource])[] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/** A configuration with every optional part switched on. */
export const FULL: ConfigurationInput = {
  mode: 'scale-out',
  emails: ['operations@example.com'],
  slackWebhookSecretName: 'foreprint/slack',
  slackChannel: { workspaceId: 'T012ABCDEFG', channelId: 'C012ABCDEFG' },
  defaultsByType: { web: { minInstances: 3 } },
};
