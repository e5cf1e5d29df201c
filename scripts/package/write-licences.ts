import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import { z } from 'zod';
import { projectPath } from './project-path.ts';

const packageFile = z.looseObject({ version: z.string(), license: z.string().optional() });

/** Writes the licences of all packages that bundles contain, which their licences ask for. */
export function writeLicences(metafiles: readonly Metafile[]): void {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  // The report's page draws with it; it is bundled on its own.
  const packages = [...folders, 'node_modules/echarts', 'node_modules/zrender'].sort();
  writeFileSync(projectPath('dist/lib/LICENSES.txt'), packages.map(licenceOf).join('\n\n'));
}

function packageFolder(input: string): string | null {
  const [, folder = null] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return folder;
}

function licenceOf(folder: string): string {
  const text = readFileSync(projectPath(folder, 'package.json'), 'utf8');
  const { version, license = 'see its repository' } = packageFile.parse(JSON.parse(text));
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const texts = readdirSync(projectPath(folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name))
    .map((entry) => readFileSync(projectPath(folder, entry.name), 'utf8').trim());
  return [`== ${name} ${version} (${license})`, ...texts].join('\n\n');
}
