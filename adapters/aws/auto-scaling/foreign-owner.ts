import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';

/** Tags by which another system marks the groups whose size it sets, and its name. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^AmazonECSManaged$/, 'an ECS capacity provider'],
  [/^eks:(cluster|nodegroup)-name$/, 'an EKS node group'],
  [/^k8s\.io\/cluster-autoscaler\/(?!node-template\/)/, 'the Kubernetes Cluster Autoscaler'],
  [/^elasticbeanstalk:/, 'an Elastic Beanstalk environment'],
];

/**
 * The other system that sizes a group, for example "an ECS capacity provider"; null for a group
 * that nobody else sizes. Such a system sets the desired capacity itself and undoes every change
 * that it did not make.
 */
export function foreignOwner({ Tags = [] }: Pick<AutoScalingGroup, 'Tags'>): string | null {
  const keys = Tags.flatMap(({ Key }) => Key ?? []);
  return MARKS.find(([mark]) => keys.some((key) => mark.test(key)))?.[1] ?? null;
}

/** Why a group of another system is refused. */
export function foreignSentence(group: string, owner: string): string {
  return `${group} belongs to ${owner}, which sets its size itself: Foreprint leaves such groups alone`;
}
