/** The weight of an instance as Auto Scaling describes it; 1 where it has none. */
export function weightOf({
  WeightedCapacity: weight,
}: {
  readonly WeightedCapacity?: string | undefined;
}): number {
  const units = Number(weight);
  return units > 0 ? units : 1;
}
