import { REGION } from './emulated-account.ts';

/** What a template's references stand for, by logical name. */
export type PhysicalNames = ReadonlyMap<string, string>;

/**
 * The text of a template's value: plain text, `Ref`, `Fn::GetAtt` of a name, `Fn::Join`.
 * @throws Error for anything else, and for what was not made.
 */
export function resolveText(value: unknown, names: PhysicalNames): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument] = []] = Object.entries((value ?? {}) as Record<string, unknown>);
  if (intrinsic === 'Ref') return nameOf(String(argument), names);
  const parts = (Array.isArray(argument) ? argument : []) as readonly unknown[];
  if (intrinsic === 'Fn::GetAtt' && parts[1] === 'Name') return nameOf(String(parts[0]), names);
  if (intrinsic === 'Fn::Join' && Array.isArray(parts[1])) {
    return parts[1].map((part: unknown) => resolveText(part, names)).join(String(parts[0]));
  }
  throw new Error(`no text for ${JSON.stringify(value)}`);
}

function nameOf(logicalName: string, names: PhysicalNames): string {
  if (logicalName === 'AWS::Region') return REGION;
  const name = names.get(logicalName);
  if (name === undefined) throw new Error(`${logicalName} was not made`);
  return name;
}
