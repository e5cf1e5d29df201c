import type { CommandContext } from '#cli/context/command-context.ts';
import { barProgress } from './bar-progress.ts';
import { lineProgress } from './line-progress.ts';
import { SILENT_PROGRESS, type Progress } from './progress.ts';

/** Progress bars on a terminal, occasional lines elsewhere, nothing with --quiet. */
export function createProgress(
  { errors }: Pick<CommandContext, 'errors'>,
  { quiet }: { readonly quiet: boolean },
): Progress {
  if (quiet) return SILENT_PROGRESS;
  const nowMs = () => performance.now();
  return errors.isTTY ? barProgress(errors, nowMs) : lineProgress(errors, nowMs);
}

/** Runs work that shows its progress, and removes the progress bar at the end. */
export async function withProgress<T>(
  context: Pick<CommandContext, 'errors'>,
  options: { readonly quiet: boolean },
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = createProgress(context, options);
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}
