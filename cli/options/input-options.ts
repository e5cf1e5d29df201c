import type { Command } from 'commander';
import { z } from 'zod';
import type { InputOptions } from '#adapters/local/readings/input-options.ts';
import { isoSeconds } from '#adapters/local/times/iso-time.ts';
import { namedZone } from '#adapters/local/times/named-zone.ts';
import { readUnit, unitFault, type Unit } from '#adapters/local/values/unit.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { ownValue } from '#core/text/own-value.ts';

/** What a column of a footprint trace may be called. */
const FOOTPRINT_COLUMNS = ['application_id', 'timestamp', ...RESOURCES, 'application_type'];

/** Words between commas; a comma in braces, as of labels, separates none. */
const words = (text: string): readonly string[] =>
  text.split(/,(?![^{]*\})/).map((word) => word.trim());

/** `application_id=service,cpu=cpu_pct`: column of the file by column of a footprint trace. */
const columnMap = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const columns = new Map<string, string>();
  for (const word of words(text)) {
    const [name = '', ...rest] = word.split('=');
    const column = rest.join('=').trim().toLowerCase();
    if (!FOOTPRINT_COLUMNS.includes(name.trim()) || column === '') {
      context.addIssue(
        `unusable "${word}"; expected NAME=COLUMN, with the names ${FOOTPRINT_COLUMNS.join(', ')}`,
      );
    } else if (columns.has(name.trim())) context.addIssue(`names ${name.trim()} twice`);
    else columns.set(name.trim(), column);
  }
  return columns;
});

/** `timestamp,application_id,-,-,cpu` */
const columnList = z.string().transform((text, context): readonly string[] => {
  const names = words(text);
  const unknown = names.find((name) => name !== '-' && !FOOTPRINT_COLUMNS.includes(name));
  if (unknown !== undefined) {
    context.addIssue(
      `unknown "${unknown}"; expected a list of ${FOOTPRINT_COLUMNS.join(', ')}, and - for others`,
    );
  }
  return names;
});

/** `cpu=percent:4,memory=MiB` */
const unitMap = z.string().transform((text, context): Readonly<Partial<Record<Resource, Unit>>> => {
  const units: Partial<Record<Resource, Unit>> = {};
  for (const word of words(text)) {
    const [name = '', unit = ''] = word.split('=').map((part) => part.trim());
    const resource = RESOURCES.find((candidate) => candidate === name);
    const read = resource === undefined ? null : readUnit(resource, unit);
    if (resource === undefined || read === null) {
      context.addIssue(`unusable "${word}"; ${unitFault(resource ?? 'cpu', unit)}`);
    } else if (units[resource] !== undefined) context.addIssue(`names ${resource} twice`);
    else units[resource] = read;
  }
  return units;
});

const PER_SECOND: Readonly<Record<string, number>> = {
  seconds: 1,
  milliseconds: 1e3,
  microseconds: 1e6,
  nanoseconds: 1e9,
};

/** `2019-07-01` or `2019-05-01,microseconds` */
const epoch = z.string().transform((text, context) => {
  const [time = '', unit = 'seconds'] = words(text);
  const [unixSeconds, perSecond] = [isoSeconds(time), ownValue(PER_SECOND, unit)];
  if (Number.isNaN(unixSeconds) || perSecond === undefined) {
    context.addIssue(`unusable "${text}"; expected 2019-07-01, or 2019-07-01,milliseconds`);
  }
  return { unixSeconds, perSecond: perSecond ?? 1 };
});

const timeZone = z
  .string()
  .refine((name) => namedZone(name) !== null, { error: 'no such zone; expected Europe/Berlin' });

const resource = z.enum(RESOURCES, { error: `expected one of ${RESOURCES.join(', ')}` });

export const inputOptions = {
  map: columnMap.optional(),
  wide: z.boolean().default(false),
  resource: z.array(resource).default([]),
  columns: columnList.optional(),
  unit: unitMap.optional(),
  epoch: epoch.optional(),
  timeZone: timeZone.optional(),
  by: z.string().transform(words).optional(),
  application: z.string().min(1, 'is empty').optional(),
};

/** What the argument of a command that reads traces says. */
export const TRACE_ARGUMENT =
  'files of measurements, told apart by content (docs/files.md), directories, or - for standard input';

/** Adds the options that say what files do not say themselves. */
export function withInputOptions(command: Command): Command {
  return withBy(command)
    .option('--map <names>', 'columns of other names, as application_id=service,cpu=cpu_cores')
    .option('--columns <names>', 'columns of a file without a header; - for one to leave out')
    .option('--wide', 'a column per application, beside one of times')
    .option(
      '--resource <name>',
      'resource of a file that names none; once for all files, or once for each',
      (name: string, before: readonly string[] = []) => [...before, name],
    )
    .option('--unit <units>', 'units, as cpu=percent:4,memory=MiB,network=bytes/step')
    .option('--epoch <date>', 'where times count from, as 2019-07-01 or 2019-07-01,milliseconds')
    .option('--time-zone <name>', 'zone of times without one, as Europe/Berlin (default: UTC)')
    .option('--application <name>', 'application of a file that names none (default: its name)');
}

/** Adds `--by`, of which other sources than files may have added one before. */
function withBy(command: Command): Command {
  if (command.options.some(({ long }) => long === '--by')) return command;
  return command.option('--by <labels>', 'labels that make the name of an application');
}

type Given = z.output<z.ZodObject<typeof inputOptions>>;

/** @throws UsageError if the resources are not one for all files or one for each. */
export function readInputOptions(given: Given, paths: readonly string[]): InputOptions {
  const { resource: resources } = given;
  if (resources.length > 1 && resources.length !== paths.length) {
    throw new UsageError(
      `--resource: ${resources.length} resources for ${paths.length} files; once for all or once for each`,
    );
  }
  if (paths.filter((path) => path === '-').length > 1) {
    throw new UsageError('standard input (-) can be read once');
  }
  return {
    columns: given.map ?? new Map(),
    header: given.columns ?? null,
    isWide: given.wide,
    resources,
    units: given.unit ?? {},
    epoch: given.epoch ?? null,
    timeZone: given.timeZone ?? null,
    by: given.by ?? [],
    application: given.application ?? null,
  };
}
