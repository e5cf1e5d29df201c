import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as the SDK has it. */
export type BoxItem = Readonly<Record<string, AttributeValue>>;

/** The parts of a request that an expression refers to. */
export interface ExpressionNames {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: BoxItem | undefined;
}

type Condition = (item: BoxItem, request: ExpressionNames) => boolean;
type Operand = (item: BoxItem, request: ExpressionNames) => AttributeValue | undefined;

const TOKEN = /\s*([#:]?[A-Za-z_]\w*|\d+|<>|<=|>=|[()[\],=<>])/y;
const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const parsed = new Map<string, Condition>();

/**
 * Whether an item satisfies a condition of DynamoDB: comparisons, BETWEEN, `begins_with`,
 * `attribute_exists` and `attribute_not_exists`, elements of lists, joined by NOT, AND, OR.
 * @throws SyntaxError for any other expression.
 */
export function satisfies(item: BoxItem, expression: string, request: ExpressionNames): boolean {
  const known = parsed.get(expression) ?? parse(expression);
  parsed.set(expression, known);
  return known(item, request);
}

function parse(expression: string): Condition {
  const tokens = tokensOf(expression);
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`${tokens[at] ?? 'the end'} is not expected in ${expression}`);
  };
  const skip = (token: string): boolean => tokens[at]?.toUpperCase() === token && ++at > 0;
  const expect = (token: string): void => void (skip(token) || fail());

  function operand(): Operand {
    const name = tokens[at++] ?? fail();
    if (name.startsWith(':')) return (_, request) => request.ExpressionAttributeValues?.[name];
    const attribute: Operand = (item, { ExpressionAttributeNames: names }) =>
      item[names?.[name] ?? name];
    if (!skip('[')) return attribute;
    const index = Number(tokens[at++]);
    expect(']');
    return (item, request) => attribute(item, request)?.L?.[index];
  }

  function call(arity: number): readonly Operand[] {
    at++;
    expect('(');
    const operands = [operand()];
    while (operands.length < arity) {
      expect(',');
      operands.push(operand());
    }
    expect(')');
    return operands;
  }

  function single(): Condition {
    if (skip('NOT')) {
      const negated = single();
      return (item, request) => !negated(item, request);
    }
    if (skip('(')) {
      const inner = any();
      expect(')');
      return inner;
    }
    if (tokens[at] === 'attribute_exists' || tokens[at] === 'attribute_not_exists') {
      const isWanted = tokens[at] === 'attribute_exists';
      const [tested] = call(1);
      return (item, request) => (tested?.(item, request) !== undefined) === isWanted;
    }
    if (tokens[at] === 'begins_with') {
      const [text, start] = call(2);
      return (item, request) =>
        text?.(item, request)?.S?.startsWith(start?.(item, request)?.S ?? '') ?? false;
    }
    return comparison();
  }

  function comparison(): Condition {
    const left = operand();
    if (skip('BETWEEN')) {
      const from = operand();
      expect('AND');
      const to = operand();
      return (item, request) =>
        orderOf(left(item, request), from(item, request)) >= 0 &&
        orderOf(left(item, request), to(item, request)) <= 0;
    }
    const holds = COMPARE[tokens[at++] ?? ''] ?? fail();
    const right = operand();
    return (item, request) => {
      const order = orderOf(left(item, request), right(item, request));
      return !Number.isNaN(order) && holds(order);
    };
  }

  function all(): Condition {
    const parts = [single()];
    while (skip('AND')) parts.push(single());
    return (item, request) => parts.every((holds) => holds(item, request));
  }

  function any(): Condition {
    const parts = [all()];
    while (skip('OR')) parts.push(all());
    return (item, request) => parts.some((holds) => holds(item, request));
  }

  const condition = any();
  return at === tokens.length ? condition : fail();
}

function tokensOf(expression: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const found = TOKEN.exec(expression);
    if (!found) throw new SyntaxError(`cannot read ${expression}`);
    tokens.push(found[1] ?? '');
  }
  return tokens;
}

/** Below 0, 0 or above it; NaN where one is missing or the types differ. */
function orderOf(a: AttributeValue | undefined, b: AttributeValue | undefined): number {
  if (a?.N !== undefined && b?.N !== undefined) return Number(a.N) - Number(b.N);
  if (a?.S === undefined || b?.S === undefined) return NaN;
  if (a.S === b.S) return 0;
  return a.S < b.S ? -1 : 1;
}
