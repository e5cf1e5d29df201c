import { formatCount } from '#html-report/text/format.ts';
import type { Finding } from './finding.ts';

const WIDTH = 'unknown'.length;

/** A finding as text: the result and the command to run. */
export function findingLines({ check, group, status, text, run }: Finding): readonly string[] {
  const subject = group === null ? check : `${group}: ${check}`;
  const line = `${status.padEnd(WIDTH)}  ${subject}: ${text}`;
  return run === null ? [line] : [line, `${' '.repeat(WIDTH)}  → ${run}`];
}

/** @throws Error that counts the failed checks, if there are any. */
export function throwFailed(findings: readonly Finding[]): void {
  const failed = findings.filter(({ status }) => status === 'failed').length;
  if (failed > 0) throw new Error(`${formatCount(failed, 'check')} failed`);
}
