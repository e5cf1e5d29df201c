import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { HISTORY_STORES } from '#cdk/configuration/configuration-schema.ts';
import { FULL, ofType, synthesise } from './synthesise.ts';

const MEGABYTE = 1e6;

/** What a function finds in its environment besides its own variables. */
const LAMBDA = { AWS_REGION: 'eu-central-1', AWS_LAMBDA_FUNCTION_NAME: 'foreprint' };

interface Bundle {
  readonly directory: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly hasLayer: boolean;
  readonly runtime: unknown;
  readonly architectures: unknown;
}

/** Of each store with one of the architectures: bundling takes seconds. */
const ARCHITECTURES = { dynamodb: 'x86_64', timestream: 'arm64' } as const;

describe.each(HISTORY_STORES)('the bundles for %s', (historyStore) => {
  const modelArchitecture = ARCHITECTURES[historyStore];
  let bundles: ReadonlyMap<string, Bundle>;
  let layer: string;
  let layerRuntimes: unknown;

  beforeAll(() => {
    const configuration = { ...FULL, historyStore, modelArchitecture };
    const { app, resources } = synthesise(configuration, 'bundled');
    const { directory } = app.synth();
    const assetOf = (code: unknown) => {
      const { S3Key } = code as { readonly S3Key: string };
      return path.join(directory, `asset.${path.parse(S3Key).name}`);
    };
    const [, content] = ofType(resources, 'AWS::Lambda::LayerVersion')[0]!;
    layer = path.join(assetOf(content.Properties['Content']), 'nodejs', 'node_modules');
    layerRuntimes = content.Properties['CompatibleRuntimes'];
    bundles = new Map(
      ofType(resources, 'AWS::Lambda::Function').map(([, { Properties }]) => {
        const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
        return [
          String(Properties['Description']),
          {
            directory: assetOf(Properties['Code']),
            variables: Variables,
            hasLayer: 'Layers' in Properties,
            runtime: Properties['Runtime'],
            architectures: Properties['Architectures'],
          },
        ];
      }),
    );
  });

  test('are one file each, under 1.1 MB', () => {
    expect(bundles.size).toBe(10);
    const sizes = [...bundles].map(([name, { directory }]) => [
      name,
      statSync(path.join(directory, 'index.js')).size / MEGABYTE,
    ]);
    expect(sizes.filter(([, size]) => Number(size) >= 1.1)).toEqual([]);
  });

  test('have a layer with the library of their architecture alone', () => {
    const platforms = path.join(layer, 'onnxruntime-node/bin/napi-v6/linux');
    expect(readdirSync(platforms)).toEqual([modelArchitecture === 'arm64' ? 'arm64' : 'x64']);
  });

  test('load models where the library is: on nodejs24.x, with the layer of their architecture', () => {
    expect(layerRuntimes).toEqual(['nodejs24.x']);
    const loading: string[] = [];
    for (const [name, { directory, hasLayer, runtime, architectures }] of bundles) {
      const code = readFileSync(path.join(directory, 'index.js'), 'utf8');
      const loads = /(require|import)\(["']onnxruntime-node["']\)/.test(code);
      if (loads) loading.push(name);
      const expected = [name, 'nodejs24.x', loads, loads ? [modelArchitecture] : ['arm64']];
      expect([name, runtime, hasLayer, architectures]).toEqual(expected);
    }
    expect(loading.length).toBeGreaterThan(3);
  });

  test('start in an empty directory with their environment and layer, and export a handler', () => {
    expect(existsSync(path.join(layer, 'onnxruntime-node'))).toBe(true);
    for (const { directory, variables, hasLayer } of bundles.values()) {
      const texts = Object.entries(variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : 'some-name',
      ]);
      const type = execFileSync(
        process.execPath,
        ['-p', `typeof require(${JSON.stringify(directory)}).handler`],
        {
          cwd: '/',
          env: { ...Object.fromEntries(texts), ...LAMBDA, ...(hasLayer && { NODE_PATH: layer }) },
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
      expect(type.trim()).toBe('function');
    }
  });
});
