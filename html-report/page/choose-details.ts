import type { ApplicationReplay } from '#evaluation/replay/replay-result.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';

/** How many applications get a section of their own: the ones that matter most, all, or none. */
export type Detail = 'all' | 'none' | { readonly top: number };

export const DEFAULT_DETAIL: Detail = { top: 50 };

/**
 * Positions of the applications that get a section: by turns the one whose time short changes most
 * and the one whose instance-hours do.
 */
export function chooseDetails(
  applications: readonly ApplicationReplay[],
  detail: Detail,
): ReadonlySet<number> {
  const positions = applications.map((_, position) => position);
  if (detail === 'all') return new Set(positions);
  if (detail === 'none') return new Set();
  const change = (of: 'shortSteps' | 'instanceHours') => {
    const sizes = applications.map(({ policies }) => {
      const { subject, baseline } = comparePolicies(policies) ?? {};
      return Math.abs((subject?.[of] ?? 0) - (baseline?.[of] ?? 0));
    });
    return [...positions].sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  };
  const [short, hours] = [change('shortSteps'), change('instanceHours')];
  const chosen = positions.flatMap((k) => [short[k] ?? k, hours[k] ?? k]);
  return new Set([...new Set(chosen)].slice(0, detail.top));
}
