import { Stack, type CfnElement } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Logical identifier of a resource in its template, which rule packs use in their findings. */
export function logicalName(resource: IConstruct): string {
  const element = resource.node.defaultChild ?? resource;
  // A construct that wraps one resource has this resource as its default child.
  return Stack.of(resource).getLogicalId(element as CfnElement);
}
