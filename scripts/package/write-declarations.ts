import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { PROJECT, projectPath } from './project-path.ts';

/** Entries of the package, and where the declarations of the files around them go. */
const LIBRARIES = [
  { entry: 'api/index.ts', target: 'dist/lib' },
  { entry: 'cdk/library/index.ts', target: 'dist/cdk' },
] as const;

/**
 * Writes the declarations of the package's entries. Their files name only types of each other and
 * of the packages that their users have.
 * @throws Error if one names another file of the project.
 */
export async function writeDeclarations(): Promise<void> {
  for (const { entry, target } of LIBRARIES) {
    const folder = dirname(projectPath(entry));
    for (const [file, text] of declarationsFrom(projectPath(entry))) {
      const path = projectPath(target, relative(folder, file).replace(/\.ts$/, '.d.ts'));
      await makeDirectory(dirname(path));
      writeFileSync(path, text);
    }
  }
}

/** Declarations of a file and of those that they name, by file. */
function declarationsFrom(
  file: string,
  found: Map<string, string> = new Map(),
): ReadonlyMap<string, string> {
  if (found.has(file)) return found;
  const text = declarationsOf(file);
  found.set(file, text);
  for (const [, name] of text.matchAll(/from '(\.[^']+)\.js'/g)) {
    declarationsFrom(join(dirname(file), `${name}.ts`), found);
  }
  return found;
}

function declarationsOf(file: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { isolatedDeclarations: true, strict: true },
  });
  const [fault] = diagnostics;
  const foreign = / from '#/.test(outputText) ? 'it names a type of the project' : null;
  const problem = fault ? ts.flattenDiagnosticMessageText(fault.messageText, ' ') : foreign;
  if (problem !== null) throw new Error(`${relative(PROJECT, file)}: ${problem}`);
  return outputText.replace(/(from '\.[^']+)\.ts'/g, "$1.js'");
}
