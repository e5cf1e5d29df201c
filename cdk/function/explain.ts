import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Acknowledges one finding of a rule pack on a construct and its children, with the reason. */
export function explain(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: finding, reason });
}

/** Acknowledges one wildcard resource in a policy. The rest of the policy is still checked. */
export function explainWildcard(construct: IConstruct, resource: string, reason: string): void {
  explain(construct, `AwsSolutions-IAM5[Resource::${resource}]`, reason);
}
