/** A statement of a resource's policy, as templates have it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, unknown>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A service that calls on behalf of an account. */
export interface Caller {
  readonly service: string;
  /** Account of the calling resource; the reference `AWS::AccountId` for the stack's own. */
  readonly sourceAccount: string;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/**
 * Whether a resource's policy lets a service act: IAM's rules as far as the template uses them. A
 * statement is needed that allows it, and none that denies it; services call by TLS.
 */
export function allowed(statements: readonly Statement[], action: string, caller: Caller): boolean {
  const matching = statements.filter(
    (statement) =>
      asList(statement.Action).some((pattern) => matches(String(pattern), action)) &&
      hasPrincipal(statement, caller) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, value]) => holds(operator, key, { value, caller })),
      ),
  );
  const effects = new Set(matching.map(({ Effect }) => Effect));
  return effects.has('Allow') && !effects.has('Deny');
}

function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action);
}

function hasPrincipal({ Principal: principal }: Statement, { service }: Caller): boolean {
  if (principal === '*') return true;
  return Object.entries(principal ?? {}).some(
    ([kind, who]) => who === '*' || (kind === 'Service' && asList(who).includes(service)),
  );
}

function holds(
  operator: string,
  key: string,
  { value, caller }: { readonly value: unknown; readonly caller: Caller },
): boolean {
  const known: Readonly<Record<string, string>> = {
    'aws:SourceAccount': caller.sourceAccount,
    'aws:SecureTransport': 'true',
  };
  if (!(key in known)) throw new Error(`condition on ${key}, which this evaluation does not know`);
  const expected = asList(value).map((one) =>
    typeof one === 'string' ? one : (one as { readonly Ref: string }).Ref,
  );
  if (operator === 'StringEquals' || operator === 'Bool') return expected.includes(known[key]!);
  throw new Error(`operator ${operator}, which this evaluation does not know`);
}
