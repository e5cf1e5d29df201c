import { finding, type Finding } from './finding.ts';

/** Names of the families that earn and spend CPU credits. */
const BURSTABLE = /^t\d/;

/** What is looked at of a group as Auto Scaling describes it. */
interface RunningTypes {
  readonly Instances?: readonly { readonly InstanceType?: string | undefined }[] | undefined;
}

/**
 * What an owner of burstable instances has to know: beyond the baseline CPU costs credits, then
 * money or time, while capacity is counted in whole vCPUs. Null without such instances.
 */
export function burstableFinding(
  group: string,
  { Instances: instances = [] }: RunningTypes,
): Finding | null {
  const types = [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))];
  const burstable = types.filter((type) => BURSTABLE.test(type)).sort();
  if (burstable.length === 0) return null;
  const text = `${burstable.join(', ')}: above the baseline of its type, CPU costs credits or is held back, and whole vCPUs are counted; the tag foreprint:target can say less`;
  return { ...finding('types', 'warning', text), group };
}
