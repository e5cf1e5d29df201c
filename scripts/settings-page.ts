import { format, resolveConfig } from 'prettier';
import * as z from 'zod';
import { configurationKeys } from '#cdk/configuration/configuration-schema.ts';
import { detectionKeys } from '#cdk/configuration/detection-schema.ts';
import { calendarEntry } from '#core/domain/settings/detection-settings.ts';
import { expectEntry } from '#core/domain/settings/expect-settings.ts';
import { settingsSchema } from '#core/domain/settings/settings.ts';
import { typeSection } from '#core/domain/settings/type-defaults.ts';

type Schema = z.core.JSONSchema.JSONSchema;

/** Where the page belongs, from the root of the checkout. */
export const SETTINGS_PAGE = 'docs/settings.md';

/** docs/settings.md, written from the schemas, as Prettier formats it. */
export async function settingsPage(): Promise<string> {
  const general = jsonSchema(settingsSchema);
  const sections = Object.entries(propertiesOf(general)).filter(([, { properties }]) => properties);
  const loose = Object.entries(propertiesOf(general)).filter(([, { properties }]) => !properties);
  const aws = jsonSchema(configurationKeys);
  const page = `# Settings

<!-- Written by scripts/write-settings-docs.ts from the schemas. Do not edit: npm run docs:settings -->

Every command that trains, forecasts or allocates takes \`--config FILE\`: a JSON file that lies over the defaults. It says
only what differs. A file that breaks a bound or has an unknown key is refused with one message that names every fault.

\`\`\`json
{
  "resources": ["cpu"],
  "allocation": { "warmUpSeconds": 300, "targetUtilization": { "cpu": 0.8 } },
  "detection": { "timeZone": "Europe/Berlin" }
}
\`\`\`

Times are in seconds, memory in bytes, disk and network in bytes/s, CPU in cores.

${table(loose.flatMap(([key, schema]) => rowsOf(key, schema)))}

${sections.map(([key, schema]) => `## ${key}\n\n${table(rowsOf(key, schema))}`).join('\n\n')}

## Types

Each entry of \`allocation.defaultsByType\` is any part of the following. What a built-in type (\`default\`, \`web\`, \`batch\`,
\`worker\`, \`internal\`) leaves out keeps its built-in value; another type starts from \`default\`.

${table(rowsOf('TYPE', jsonSchema(typeSection)))}

## Calendar

Each entry of \`detection.calendar\`:

${table(rowsOf('', jsonSchema(calendarEntry)))}

## Expected

Each entry of \`expect\`, and of the file of \`--calendar\`. [docs/calendar.md](calendar.md) has examples.

${table(rowsOf('', jsonSchema(expectEntry)))}

## On AWS

The configuration of a deployment stands under \`context.foreprint\` in \`cdk.json\`, or in the file of \`-c config=FILE\`. See
[docs/aws/configuration.md](aws/configuration.md). Keys that mean the same as a setting have its bounds and default.

${table([...rowsOf('', withoutKey(aws, 'detection')), ...rowsOf('detection', jsonSchema(detectionKeys))])}

An entry of the calendar names its \`group\` instead of its \`applicationId\`, and an entry of \`expect\` its \`groups\`
instead of its \`applications\`.
`;
  const options = await resolveConfig(SETTINGS_PAGE);
  return format(page, { ...options, parser: 'markdown' });
}

interface Row {
  readonly key: string;
  readonly schema: Schema;
}

/** A row for each key below a schema; one for all resources where they are alike. */
function rowsOf(key: string, schema: Schema): readonly Row[] {
  const { cpu, memory, disk, network } = propertiesOf(schema);
  if (cpu && [memory, disk, network].every((one) => JSON.stringify(one) === JSON.stringify(cpu))) {
    const { description = '' } = schema;
    return [{ key: join(key, 'RESOURCE'), schema: { ...cpu, description } }];
  }
  const inner = Object.entries(propertiesOf(schema));
  if (inner.length === 0) return [{ key, schema }];
  return inner.flatMap(([name, one]) => rowsOf(join(key, name), one));
}

const join = (key: string, name: string): string => (key === '' ? name : `${key}.${name}`);

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ key, schema }) => {
    const initial = 'default' in schema ? `\`${JSON.stringify(schema.default)}\`` : '';
    const { description } = schema;
    if (!description) throw new RangeError(`${key} has no description`);
    return `| \`${key}\` | ${initial} | ${allowed(schema)} | ${description} |`;
  });
  return ['| key | default | allowed | meaning |', '| --- | --- | --- | --- |', ...lines].join(
    '\n',
  );
}

/** What may be written, in words. */
function allowed(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(alternative).join(' or ');
  if (schema.enum) return schema.enum.map((word) => `\`${String(word)}\``).join(', ');
  if (Array.isArray(schema.type)) return schema.type.map(wordOf).join(' or ');
  if (schema.type === 'array') return `list: ${alternative(schema.items ?? {})}`;
  if (schema.type === 'number') return `number ${bounds(schema)}`.trim();
  if (schema.type === 'integer') return `whole number ${bounds(schema)}`.trim();
  if (schema.format === 'date-time') return 'time in ISO 8601';
  return wordOf(schema.type);
}

const alternative = (schema: unknown): string => allowed(schema as Schema);

function wordOf(type: unknown): string {
  if (type === 'string') return 'text';
  if (type === 'boolean') return '`true`, `false`';
  return type === undefined || type === 'object' ? 'object' : String(type);
}

function bounds({ minimum, exclusiveMinimum, maximum }: Schema): string {
  if (minimum === Number.MIN_SAFE_INTEGER) return '';
  const to = maximum === undefined ? '' : numberText(maximum);
  if (exclusiveMinimum !== undefined) return `above ${Number(exclusiveMinimum)}, at most ${to}`;
  return `from ${numberText(minimum ?? 0)} to ${to}`;
}

/** 86,400 and 10^18. */
function numberText(value: number): string {
  const power = Math.log10(value);
  if (power > 9 && Number.isInteger(power)) return `10^${power}`;
  return value.toLocaleString('en', { maximumFractionDigits: 4 });
}

function jsonSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  const properties = schema.anyOf?.map((one) => one.properties) ?? [schema.properties];
  return (properties.find((one) => one !== undefined) ?? {}) as Readonly<Record<string, Schema>>;
}

function withoutKey(schema: Schema, key: string): Schema {
  const properties = Object.entries(propertiesOf(schema)).filter(([name]) => name !== key);
  return { ...schema, properties: Object.fromEntries(properties) };
}
