import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A source file of a checkout. */
export interface SourceText {
  /** Relative to the root of the checkout, with slashes. */
  readonly file: string;
  readonly text: string;
}

const SKIPPED = new Set([
  'node_modules',
  'dist',
  'coverage',
  'cdk.out',
  'golden',
  'fixtures',
  'docs',
]);

/** Reads every .ts and .js file of a checkout but what is generated, installed or hidden. */
export function readSources(root: string): SourceText[] {
  return sourceFiles(root, '.')
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) return [];
    if (entry.isDirectory()) return isReport(root, file) ? [] : sourceFiles(root, file);
    return entry.isFile() && /(?<!\.d)\.[jt]s$/.test(entry.name) ? [file] : [];
  });
}

/** The report that a replay writes to report/ is no source. */
function isReport(root: string, folder: string): boolean {
  return folder === 'report' && existsSync(path.join(root, folder, 'index.html'));
}
