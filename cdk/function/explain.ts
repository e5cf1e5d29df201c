import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Acknowledges one finding of a rule pack on a construct and everything below it, with the reason. */
export function explain(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: finding, reason });
}

/** Acknowledges one resource with a wildcard in a policy; everything else in the policy is still checked. */
export function explainWildcard(construct: IConstruct, resource: string, reason: string): void {
  explain(construct, `AwsSolutions-IAM5[Resource::${resource}]`, reason);
}
