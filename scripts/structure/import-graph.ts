import path from 'node:path';
import ts from 'typescript';
import type { SourceText } from './read-sources.ts';

/** How a file imports another: for values when it loads, for types alone, or while it runs. */
export type ImportKind = 'value' | 'type' | 'dynamic';

export interface Import {
  readonly from: string;
  readonly to: string;
  readonly kind: ImportKind;
}

/** Imports between the files given; what comes from packages is left out. */
export function importsBetween(sources: readonly SourceText[]): Import[] {
  const known = new Set(sources.map(({ file }) => file));
  return sources.flatMap((source) =>
    specifiersOf(source).flatMap(({ specifier, kind }) => {
      const to = resolve(source.file, specifier, known);
      return to === undefined ? [] : [{ from: source.file, to, kind }];
    }),
  );
}

interface Specifier {
  readonly specifier: string;
  readonly kind: ImportKind;
}

function specifiersOf({ file, text }: SourceText): Specifier[] {
  const found: Specifier[] = [];
  const add = (node: ts.Node | undefined, kind: ImportKind) => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.isTypeOnly ? 'type' : 'value');
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
    } else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'type');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

/** Resolves `#room/file.ts` and relative paths; a specifier without ending may leave out `.ts`. */
function resolve(from: string, specifier: string, known: ReadonlySet<string>): string | undefined {
  let target: string;
  if (specifier.startsWith('#')) target = specifier.slice(1);
  else if (specifier.startsWith('.')) target = path.posix.join(path.posix.dirname(from), specifier);
  else return undefined;
  return [target, `${target}.ts`, `${target}/index.ts`].find((file) => known.has(file));
}
