import { RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';
import { formatAmount } from '#html-report/text/format.ts';

/** What was measured at an instant, as a line; to the second, as steps may be seconds. */
export function pointLine({ timestampSeconds, footprint }: FootprintPoint): string {
  const at = new Date(timestampSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const amounts = RESOURCES.map(
    (resource) => `${resource} ${formatAmount(resource, footprint[resource])}`,
  );
  return `${at}  ${amounts.join('  ')}`;
}
