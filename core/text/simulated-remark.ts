interface Marked {
  readonly applicationId: string;
  readonly isSimulated?: boolean;
}

/** So many applications are named; more are counted. */
const MOST_NAMED = 3;

/** Says which of the applications were simulated, in one sentence; null where all were measured. */
export function simulatedRemark(applications: readonly Marked[]): string | null {
  const simulated = applications.filter(({ isSimulated }) => isSimulated === true);
  const [first] = simulated;
  if (first === undefined) return null;
  const all = applications.length;
  if (all === 1) return `simulated: ${first.applicationId} was not measured`;
  if (simulated.length === all) return `simulated: none of these ${all} applications was measured`;
  const named = simulated.slice(0, MOST_NAMED).map(({ applicationId }) => applicationId);
  const more = simulated.length - named.length;
  const others = more === 0 ? '' : ` and ${more} more of ${all}`;
  return `simulated, not measured: ${named.join(', ')}${others}`;
}
