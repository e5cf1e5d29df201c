import type { ApplicationHistory } from '#core/domain/ports.ts';
import type { PlacedApplication } from './place-application.ts';

/** Clocks of two machines differ by less. */
const CLOCK_SECONDS = 3600;

/**
 * Sets points of the future aside: those of a clock that was ahead once. They would be the newest
 * measurements until their time comes, and hide all that is measured until then. An application
 * without any past, such as an invented one, keeps its points.
 * @param stored what is known of an application already.
 */
export function setAsideFuture(
  applications: readonly PlacedApplication[],
  {
    nowSeconds,
    stored,
  }: {
    readonly nowSeconds: number;
    readonly stored: (applicationId: string) => ApplicationHistory | undefined;
  },
): { readonly applications: readonly PlacedApplication[]; readonly notices: readonly string[] } {
  const latestSeconds = nowSeconds + CLOCK_SECONDS;
  const notices: string[] = [];
  const kept = applications.map((application) => {
    const { applicationId, steps, stepSeconds } = application;
    const firstAhead = steps.findIndex((step) => step * stepSeconds > latestSeconds);
    if (firstAhead === -1) return application;
    const { firstSeconds = Infinity } = stored(applicationId) ?? {};
    const hasPast = firstAhead > 0 || firstSeconds <= latestSeconds;
    const last = new Date(steps.at(-1)! * stepSeconds * 1000).toISOString();
    if (!hasPast) {
      notices.push(`all points of ${applicationId} lie in the future, up to ${last}`);
      return application;
    }
    const ahead = steps.length - firstAhead;
    notices.push(
      `set aside: ${ahead} points of ${applicationId} that lie in the future, up to ${last}`,
    );
    return {
      ...application,
      steps: steps.subarray(0, firstAhead),
      values: new Map(
        [...application.values].map(([resource, values]) => [
          resource,
          values.subarray(0, firstAhead),
        ]),
      ),
    };
  });
  return { applications: kept, notices: shortened(notices) };
}

const MAX_NOTICES = 3;

function shortened(notices: readonly string[]): readonly string[] {
  const more = notices.length - MAX_NOTICES;
  const first = notices.slice(0, MAX_NOTICES);
  return more > 0 ? [...first, `${more} more applications have points in the future`] : first;
}
