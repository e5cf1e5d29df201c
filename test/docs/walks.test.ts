import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Paths that prose may name although they do not exist: other folders, output, imports, tags. */
const ELSEWHERE =
  /^(\.\.\/|#|@|dist\/|\.cache\/|\.foreprint\/|foreprint\/cdk$|report\/|runs\/|parameter\/|\/|foreprint:|https?:)/;

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Everything in backticks that looks like a path. */
function pathsIn(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\s]+)`/g)]
    .map(([, word]) => word!)
    .filter((word) => word.includes('/') && /^[\w.#@/][\w.#@/*-]*$/.test(word))
    .filter((word) => !ELSEWHERE.test(word));
}

/** Stars stand in the last part of a path only. */
function exists(path: string): boolean {
  if (!path.includes('*')) return existsSync(join(ROOT, path));
  const [before = '', after = ''] = basename(path).split('*');
  const folder = join(ROOT, dirname(path));
  const fits = (name: string) => name.startsWith(before) && name.endsWith(after);
  return existsSync(folder) && readdirSync(folder).some(fits);
}

function missing(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !exists(path));
}

function markdownIn(folder: string): readonly string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.md')).map((file) => join(folder, file));
}

const NAMING_PATHS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...markdownIn('docs/adr')];

describe('paths in prose', () => {
  it.each(NAMING_PATHS)('%s names only what exists', (document) => {
    expect(missing(pathsIn(read(document)))).toEqual([]);
  });

  it('are found, and their absence is noticed', () => {
    const text = 'Open `core/domain/ports.ts`, `core/no-such-file.ts` and `npx foreprint x/y`.';
    expect(pathsIn(text)).toEqual(['core/domain/ports.ts', 'core/no-such-file.ts']);
    expect(missing(pathsIn(text))).toEqual(['core/no-such-file.ts']);
  });
});

describe('the walks of ARCHITECTURE.md', () => {
  const [, ...walks] = read('ARCHITECTURE.md').split(/^### Walk: /m);
  const named = walks.map((walk) => [walk.split('\n')[0]!, walk.split(/^## /m)[0]!] as const);

  it('are three', () => {
    expect(named.map(([name]) => name)).toEqual([
      'a measurement to an allocation',
      'a trace row to the report',
      'a series to an ONNX file to a decision',
    ]);
  });

  it.each(named)('%s: every hop begins with the file to open', (_, walk) => {
    const hops = walk.split(/^(?=\d+\. )/m).slice(1);
    expect(hops.length).toBeGreaterThanOrEqual(8);
    for (const [k, hop] of hops.entries()) {
      const [, number, file] = /^(\d+)\. `([\w./-]+\.(?:ts|js))`: \S/.exec(hop) ?? [];
      expect(number, hop).toBe(String(k + 1));
      expect(existsSync(join(ROOT, file!)), file).toBe(true);
    }
  });
});

describe('decision records', () => {
  const files = markdownIn('docs/adr')
    .filter((file) => basename(file) !== 'README.md')
    .toSorted();

  it('are numbered without holes and listed in ARCHITECTURE.md', () => {
    const architecture = read('ARCHITECTURE.md');
    for (const [k, file] of files.entries()) {
      expect(file).toMatch(new RegExp(`/${String(k + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
      expect(architecture).toContain(`(${file})`);
    }
  });

  it.each(files)(
    '%s has status, context, decision and consequences in at most 40 lines',
    (file) => {
      const text = read(file);
      expect(text).toMatch(/^# \d+\. .+\n\nStatus: \w/);
      expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
        'Context',
        'Decision',
        'Consequences',
      ]);
      expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    },
  );
});

/** The anchor that a heading gets on GitHub. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*_]/g, '')
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');

describe('links', () => {
  const documents = ['.', 'docs', 'layers'].flatMap(markdownIn);

  it.each(documents)('%s links only to files and headings that exist', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^[a-z]+:/.test(link));
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, file))) return true;
      if (anchor === undefined) return false;
      const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text]) => anchorOf(text!));
      return !headings.includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('the glossary', () => {
  it('is sorted and explains each word once', () => {
    const terms = [...read('docs/glossary.md').matchAll(/^- \*\*(.+?)\*\*: /gm)].map(([, t]) => t!);
    expect(terms.length).toBeGreaterThanOrEqual(30);
    expect(terms).toEqual([...new Set(terms)].toSorted((a, b) => a.localeCompare(b, 'en')));
  });
});
