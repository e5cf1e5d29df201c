import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { buildLayer } from '#layers/onnxruntime/build-layer.ts';

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

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the layer loads where nothing else is installed',
  async () => {
    const layer = await temporaryDirectory();
    buildLayer(layer);
    const script = `const { InferenceSession, Tensor } = require('onnxruntime-node');
      InferenceSession.create(new Uint8Array([1, 2, 3])).catch((error) =>
        console.log(require.resolve('onnxruntime-node'), typeof Tensor, error.message));`;
    const output = execFileSync(process.execPath, ['-e', script], {
      cwd: layer,
      env: { NODE_PATH: path.join(layer, 'nodejs', 'node_modules') },
      encoding: 'utf8',
    });
    expect(output.startsWith(layer)).toBe(true);
    // The native library was loaded and looked at the bytes.
    expect(output).toMatch(/function .*(protobuf|parsing|model)/i);
  },
);
