import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildLayer } from '#layers/onnxruntime/build-layer.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const MIB = 2 ** 20;

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(directory, name))
    .filter((file) => statSync(file).isFile());
}

test('the layer holds one platform, far below Lambda’s 250 MB', async () => {
  const layer = await temporaryDirectory();
  buildLayer(layer);
  const files = filesIn(layer);
  const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(size / MIB).toBeGreaterThan(40);
  expect(size / MIB).toBeLessThan(50);
  const native = files.filter((file) => /\.(node|so\.1|dll|dylib)$/.test(file));
  expect(native.map((file) => path.relative(layer, file)).sort()).toEqual(
    ['libonnxruntime.so.1', 'onnxruntime_binding.node'].map(
      (name) => `nodejs/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/${name}`,
    ),
  );
});

/** Loads the library and lets it look at three bytes that are no model. */
const LOAD = `const { InferenceSession, Tensor } = require('onnxruntime-node');
  InferenceSession.create(new Uint8Array([1, 2, 3])).catch((error) =>
    console.log(require.resolve('onnxruntime-node'), typeof Tensor, error.message));`;

/** Runs a command with the layer as the only place of modules. */
function run(layer: string, [command, ...rest]: readonly [string, ...string[]]): string {
  return execFileSync(command, rest, {
    cwd: layer,
    env: { NODE_PATH: path.join(layer, 'nodejs', 'node_modules'), PATH: process.env['PATH'] ?? '' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const HIDE = 'mount -t tmpfs none /sys/devices/system/cpu';
const canHide = spawnSync('unshare', ['-rm', 'sh', '-c', HIDE]).status === 0;
const isOtherPlatform = process.platform !== 'linux' || process.arch !== 'x64';

describe.skipIf(isOtherPlatform)('the layer loads', () => {
  test('without other installed packages', async () => {
    const layer = await temporaryDirectory();
    buildLayer(layer);
    const output = run(layer, [process.execPath, '-e', LOAD]);
    expect(output.startsWith(layer)).toBe(true);
    expect(output).toMatch(/function .*(protobuf|parsing|model)/i);
  });

  // Needs the right to make mounts in a namespace of one's own, which some containers do not give.
  test.skipIf(!canHide)('with an empty /sys/devices/system/cpu, as on Lambda', async () => {
    const layer = await temporaryDirectory();
    buildLayer(layer);
    const script = `${HIDE} && exec "$0" -e "$1"`;
    const output = run(layer, ['unshare', '-rm', 'sh', '-c', script, process.execPath, LOAD]);
    expect(output).toMatch(/function .*(protobuf|parsing|model)/i);
  });
});
