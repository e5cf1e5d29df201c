import { ofType, type Resource } from './synthesise.ts';

/** A statement of a role's policy. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Where templates have one value or a list of them. */
export const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

export function statementsIn({ Properties }: Resource): readonly Statement[] {
  const document = Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] };
  return document.Statement;
}

/** Statements of all roles. */
export function statementsOf(resources: Readonly<Record<string, Resource>>): readonly Statement[] {
  return ofType(resources, 'AWS::IAM::Policy').flatMap(([, policy]) => statementsIn(policy));
}
