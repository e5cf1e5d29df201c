import Table from 'cli-table3';
import { formatShare, formatWhole } from '#html-report/text/format.ts';
import type { GroupSavings } from './group-savings.ts';
import type { ModePromise } from './mode-promises.ts';

const HEAD = ['group', 'mode', 'hours', 'short steps', 'unserved', 'saved a month'];

/** Table with a row per group and mode, as a simulated account tells it; then what it proposes. */
export function modesText(groups: readonly GroupSavings[]): readonly string[] {
  const told = groups.filter(({ modes }) => modes.length > 0);
  const missing = groups.flatMap(({ group, notSimulated }) =>
    notSimulated === null ? [] : [`${group}: no mode can be promised: ${notSimulated}`],
  );
  if (told.length === 0) return missing;
  const table = new Table({
    head: HEAD,
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const savings of told) {
    savings.modes.forEach((promise, k) => {
      const { instanceHours, shortSteps, unservedDemand } = promise.service;
      table.push([
        k === 0 ? savings.group : '',
        modeName(promise, savings),
        formatWhole(instanceHours),
        formatShare(shortSteps),
        formatShare(unservedDemand),
        promise.mode === 'alone' ? '–' : savedText(promise, savings),
      ]);
    });
  }
  return [
    'In a simulated account, with the groups’ own policies, schedules and boot times:',
    table.toString(),
    ...told.flatMap(proposals),
    ...missing,
  ];
}

function modeName({ mode, target }: ModePromise, { ownPolicies }: GroupSavings): string {
  if (target !== null) return `scale-out, target ${percent(target.from)} → ${percent(target.to)}`;
  if (ownPolicies.length === 0) return mode === 'alone' ? 'as it is' : mode;
  if (mode === 'alone') return `${ownPolicies.join(', ')} alone`;
  return mode === 'full' ? 'full, without its policies' : mode;
}

function savedText({ savedHoursPerMonth: hours }: ModePromise, { price }: GroupSavings): string {
  const money = price === null ? '' : `, $${formatWhole(hours * price)}`;
  return `${formatWhole(hours)} h${money}`;
}

/** The raised target as a sentence, against the policies alone. */
function proposals({ group, modes }: GroupSavings): readonly string[] {
  const alone = modes.find(({ mode }) => mode === 'alone');
  return modes.flatMap(({ target, service }) => {
    if (target === null || alone === undefined) return [];
    const saved = 1 - service.instanceHours / alone.service.instanceHours;
    return [
      `${group}: raise the target from ${percent(target.from)} to ${percent(target.to)} beside ` +
        `scale-out: hours −${formatShare(saved)}, short steps ${formatShare(service.shortSteps)} ` +
        `instead of ${formatShare(alone.service.shortSteps)}`,
    ];
  });
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
