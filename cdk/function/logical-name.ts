import { Stack, type CfnElement } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The name a resource has in its template, as rule packs write it in the names of findings. */
export function logicalName(resource: IConstruct): string {
  const element = resource.node.defaultChild ?? resource;
  // The default child of a construct that stands for one resource is that resource.
  return Stack.of(resource).getLogicalId(element as CfnElement);
}
