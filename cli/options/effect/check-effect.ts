import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { askedOf } from './asked.ts';
import { EFFECT_RULES } from './effect-rules.ts';
import { requireOwnOutputs } from './own-outputs.ts';

/**
 * Says which of the given options have no effect, or refuses them where something else would be
 * done than was asked for, or a file overwritten that is read. What only the content of a file
 * shows is said when it is read.
 * @throws UsageError
 */
export async function checkEffect(
  context: Pick<CommandContext, 'errors'>,
  command: Command,
): Promise<void> {
  const rules = EFFECT_RULES[command.name()] ?? [];
  const asked = askedOf(command, await namesIn(command.getOptionValue('config')));
  await requireOwnOutputs(asked);
  const isGiven = (option: string) =>
    option.startsWith('config.')
      ? asked.settings.includes(option.slice('config.'.length))
      : asked.has(option);
  const idle = rules
    .map((rule) => ({ ...rule, options: rule.options.filter(isGiven) }))
    .filter(({ options, isIdle }) => options.length > 0 && isIdle(asked));
  const [wrong] = idle.filter(({ isRefused }) => isRefused);
  if (wrong !== undefined) {
    throw new UsageError(`${wrong.options.map(written).join(', ')}: ${wrong.why}`);
  }
  const progress = createProgress(context, { quiet: command.getOptionValue('quiet') === true });
  const told = new Set<string>();
  for (const { options, why } of idle) {
    for (const option of options.filter((one) => !told.has(one))) {
      told.add(option);
      progress.note(`${written(option)} has no effect: ${why}`);
    }
  }
  progress.end();
}

function written(option: string): string {
  const [, setting] = /^config\.(.+)$/.exec(option) ?? [];
  return setting === undefined ? `--${option}` : `${setting} of --config`;
}

/** Names at the top of a JSON file; none where it is unusable, which is found when it is read. */
async function namesIn(file: unknown): Promise<readonly string[]> {
  if (typeof file !== 'string') return [];
  try {
    const document: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof document === 'object' && document !== null ? Object.keys(document) : [];
  } catch {
    return [];
  }
}
