import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConfigurationInput } from '#cdk/configuration/configuration-schema.ts';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const CDK = path.join(PROJECT, 'node_modules/.bin/cdk');

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What `cdk synth` wrote: the template, and the assets that `cdk deploy` would upload. */
export interface Assembly {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** The directory of an asset by the key under which the template names it. */
  assetOf(key: string): string;
}

/**
 * Runs `cdk synth` as a user does, without credentials.
 * @param directory an empty one for the output, 50 MB with the layer.
 */
export async function synthesiseAssets(
  configuration: ConfigurationInput,
  directory: string,
): Promise<Assembly> {
  const file = path.join(directory, 'configuration.json');
  const output = path.join(directory, 'cdk.out');
  writeFileSync(file, JSON.stringify(configuration));
  await run(CDK, ['synth', '--quiet', '-o', output, '-c', `config=${file}`], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'] ?? '', HOME: directory },
  });
  return {
    resources: resourcesOf(readFileSync(path.join(output, 'Foreprint.template.json'), 'utf8')),
    assetOf: (key) => path.join(output, `asset.${path.parse(key).name}`),
  };
}

type Mappings = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

/** The template's resources, with what it looks up by partition as it is in the partition aws. */
function resourcesOf(text: string): Assembly['resources'] {
  const { Mappings: mappings = {} } = JSON.parse(text) as { readonly Mappings?: Mappings };
  const lookUp = (_: string, value: unknown): unknown => {
    const find = (value as { readonly 'Fn::FindInMap'?: readonly unknown[] } | null)?.[
      'Fn::FindInMap'
    ];
    if (find === undefined) return value;
    const [name, , key] = find;
    return mappings[String(name)]?.['aws']?.[String(key)];
  };
  const { Resources } = JSON.parse(text, lookUp) as { readonly Resources: Assembly['resources'] };
  return Resources;
}
