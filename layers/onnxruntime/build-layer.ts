import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Architectures, as named in the npm package. */
export type LayerArchitecture = 'x64' | 'arm64';

/**
 * Writes the content of the onnxruntime layer: the files that `require('onnxruntime-node')` loads
 * on Linux, copied from the installed npm packages. Other platforms, the install script with its
 * two dependencies, type declarations and source maps are omitted.
 * @param directory root of the layer. Lambda unpacks it to /opt and searches nodejs/node_modules.
 */
export function buildLayer(directory: string, architecture: LayerArchitecture = 'x64'): void {
  const modules = path.join(directory, 'nodejs', 'node_modules');
  const binding = onnxruntimePackage();
  // The version that the binding uses, in case several are installed.
  const common = packageRoot('onnxruntime-common', path.join(binding, 'package.json'));
  const native = path.join('bin', 'napi-v6', 'linux', architecture);
  copyParts(binding, path.join(modules, 'onnxruntime-node'), ['package.json', 'dist', native]);
  copyParts(common, path.join(modules, 'onnxruntime-common'), [
    'package.json',
    path.join('dist', 'cjs'),
  ]);
}

/**
 * Folder of the installed onnxruntime-node.
 * @throws Error that says how to install it.
 */
export function onnxruntimePackage(): string {
  try {
    return packageRoot('onnxruntime-node', import.meta.url);
  } catch (cause) {
    const how = '"npm install --ignore-scripts onnxruntime-node" installs it';
    throw new Error(
      `the layer of the functions is made of onnxruntime-node, which is missing; ${how}`,
      {
        cause,
      },
    );
  }
}

function packageRoot(name: string, from: string): string {
  const main = createRequire(from).resolve(name);
  return (
    main.slice(0, main.lastIndexOf(path.join('node_modules', name))) +
    path.join('node_modules', name)
  );
}

function copyParts(from: string, to: string, parts: readonly string[]): void {
  for (const part of parts) {
    const target = path.join(to, part);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(from, part), target, {
      recursive: true,
      filter: (file) => !/\.(map|d\.ts)$/.test(file),
    });
  }
}
