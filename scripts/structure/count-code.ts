import ts from 'typescript';
import type { SourceText } from './read-sources.ts';

export interface LongestFunction {
  readonly file: string;
  /** Line of its first character, counted from 1. */
  readonly line: number;
  readonly lines: number;
}

export interface CodeCounts {
  readonly files: number;
  readonly lines: number;
  readonly codeLines: number;
  readonly commentLines: number;
  readonly nonNullMarks: number;
  readonly longestFunction: LongestFunction | null;
}

/** Counts lines, non-null marks (`value!`) and the length of functions, in the syntax tree. */
export function countCode(sources: readonly SourceText[]): CodeCounts {
  let [lines, codeLines, commentLines, nonNullMarks] = [0, 0, 0, 0];
  let longest: LongestFunction | null = null;
  for (const { file, text } of sources) {
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const written = linesWithCode(tree);
    lines += text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    codeLines += written.size;
    commentLines += text.split('\n').filter((l, k) => !written.has(k) && l.trim() !== '').length;
    const visit = (node: ts.Node): void => {
      if (ts.isNonNullExpression(node)) nonNullMarks++;
      if (ts.isFunctionLike(node)) {
        const first = lineOf(tree, node.getStart(tree));
        const length = lineOf(tree, node.end) - first + 1;
        if (length > (longest?.lines ?? 0)) longest = { file, line: first + 1, lines: length };
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  const files = sources.length;
  return { files, lines, codeLines, commentLines, nonNullMarks, longestFunction: longest };
}

/** Lines, counted from 0, that a token is on; of other lines with text the text is comment. */
function linesWithCode(tree: ts.SourceFile): Set<number> {
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    // JSDoc hangs in the tree as a node of its own.
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(tree);
    if (children.length > 0) return children.forEach(visit);
    if (node.end === node.getStart(tree)) return;
    const last = lineOf(tree, node.end);
    for (let line = lineOf(tree, node.getStart(tree)); line <= last; line++) lines.add(line);
  };
  visit(tree);
  return lines;
}

function lineOf(tree: ts.SourceFile, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line;
}
