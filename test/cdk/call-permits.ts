import type { BoxCall } from '#test/emulators/account/box-call.ts';
import { BOX_ENVIRONMENT } from '#test/emulators/account/box-environment.ts';
import { asList, statementsIn, type Statement } from './statements.ts';
import { ofType, type Resource } from './synthesise.ts';

/** What a function of the template may do, and what it was told. */
export interface FunctionRole {
  readonly statements: readonly Statement[];
  readonly variables: Readonly<Record<string, unknown>>;
}

type Template = Readonly<Record<string, Resource>>;
type Fields = Readonly<Record<string, unknown>>;

/** The role of the function whose description begins so. */
export function roleOf(resources: Template, description: string): FunctionRole {
  const [, found] =
    ofType(resources, 'AWS::Lambda::Function').find(([, { Properties }]) =>
      String(Properties['Description']).startsWith(description),
    ) ?? [];
  if (!found) throw new RangeError(`no function "${description}"`);
  const role = textOf(found.Properties['Role']).replace('.Arn', '');
  const statements = ofType(resources, 'AWS::IAM::Policy').flatMap(([, policy]) =>
    asList(policy.Properties['Roles']).some((one) => textOf(one) === role)
      ? statementsIn(policy)
      : [],
  );
  const { Variables = {} } = (found.Properties['Environment'] ?? {}) as { Variables?: Fields };
  return { statements, variables: Variables };
}

/**
 * Whether a role permits a call: IAM's rules as far as the template uses them.
 * @param tags of the group that the call is about.
 */
export function permits(
  role: FunctionRole,
  call: BoxCall,
  tags: ReadonlyMap<string, string>,
): boolean {
  return role.statements.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      asList(statement.Action).some((pattern) => matches(pattern, actionOf(call))) &&
      resourcesOf(role, call).every((resource) =>
        asList(statement.Resource).some((pattern) => matches(textOf(pattern), resource)),
      ) &&
      conditionHolds(statement, call, tags),
  );
}

/** HeadObject asks for the permission to read. */
export const actionOf = ({ action }: Pick<BoxCall, 'action'>): string =>
  action.replace('s3:HeadObject', 's3:GetObject');

/** A value of a template as text: references in angle brackets. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', '']] = Object.entries(value as Fields);
  if (name === 'Ref') return `<${String(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (name === 'Fn::Join') {
    const [between, parts] = argument as [string, readonly unknown[]];
    return parts.map(textOf).join(between);
  }
  throw new Error(`${name}, which this evaluation does not know`);
}

function matches(pattern: string, text: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
}

const ARN = (service: string, rest: string): string =>
  `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${rest}`;

/** ARNs that a call is about, in the template's references; none where a service knows none. */
function resourcesOf({ variables }: FunctionRole, { action, input }: BoxCall): readonly string[] {
  /** What the template says where the box's environment has a value. */
  const named = (value: unknown): string => {
    const variable = Object.entries(BOX_ENVIRONMENT).find(([, own]) => own === value)?.[0];
    if (variable === undefined || !(variable in variables)) return `unknown ${String(value)}`;
    return textOf(variables[variable]);
  };
  const arnOf = (value: unknown): string => named(value).replace('>', '.Arn>');
  const [service = ''] = action.split(':');
  if (service === 'dynamodb') {
    const tables = Object.keys((input['RequestItems'] as Fields | undefined) ?? {});
    return (tables.length > 0 ? tables : [input['TableName']]).map(arnOf);
  }
  if (service === 's3') return [`${arnOf(input['Bucket'])}/${String(input['Key'])}`];
  if (service === 'sns') return [named(input['TopicArn'])];
  if (service === 'sqs') return [arnOf(input['QueueUrl'])];
  if (service === 'ssm') return [ARN('ssm', `parameter/${named(input['Name'])}`)];
  if (service === 'secretsmanager') {
    return [ARN('secretsmanager', `secret:${named(input['SecretId'])}-a1b2c3`)];
  }
  if (/^ecs:(?!DescribeTaskDefinition)/.test(action)) return [ARN('ecs', groupOf(input))];
  if (action === 'application-autoscaling:RegisterScalableTarget') {
    return [ARN('application-autoscaling', 'scalable-target/0123')];
  }
  if (service !== 'autoscaling' || /:Describe/.test(action)) return ['*'];
  return [ARN('autoscaling', `autoScalingGroup:id:autoScalingGroupName/${groupOf(input)}`)];
}

/** Name of the group or the service that a call is about. */
export function groupOf(input: BoxCall['input']): string {
  const { resourceArn, cluster, service, services } = input;
  if (resourceArn !== undefined) return String(resourceArn).split(':').slice(5).join(':');
  if (cluster !== undefined) {
    return `service/${[cluster, service ?? asList(services)[0]].join('/')}`;
  }
  const [tag] = (input['Tags'] as readonly Fields[] | undefined) ?? [];
  return String(input['AutoScalingGroupName'] ?? tag?.['ResourceId'] ?? '');
}

function conditionHolds(
  { Condition = {} }: Statement,
  { input }: BoxCall,
  tags: ReadonlyMap<string, string>,
): boolean {
  const valuesOf = (key: string): readonly string[] => {
    if (/^(autoscaling|aws):ResourceTag\//.test(key)) {
      return asList(tags.get(key.replace(/^\w+:ResourceTag\//, '')) ?? []);
    }
    if (key === 'application-autoscaling:service-namespace') {
      return [String(input['ServiceNamespace'])];
    }
    if (key === 'application-autoscaling:scalable-dimension') {
      return [String(input['ScalableDimension'])];
    }
    if (key === 'aws:TagKeys') {
      const set = [...asList(input['Tags'] ?? []), ...asList(input['tags'] ?? [])] as Fields[];
      const keys = set.map(({ Key, key: lower }) => String(Key ?? lower));
      return [...keys, ...asList(input['tagKeys'] ?? []).map(String)];
    }
    const value = input[key.replace('autoscaling:', '')];
    return value === undefined ? [] : [String(value)];
  };
  return Object.entries(Condition as Readonly<Record<string, Fields>>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => {
      const values = valuesOf(key);
      if (operator === 'Null') return String(values.length === 0) === expected;
      if (operator === 'StringEquals') {
        return values.some((value) => asList(expected).includes(value));
      }
      if (operator === 'ForAllValues:StringEquals') {
        return values.every((value) => asList(expected).includes(value));
      }
      throw new Error(`operator ${operator}, which this evaluation does not know`);
    }),
  );
}
