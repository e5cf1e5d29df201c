import type { ControllerState } from '#core/controller/controller-state.ts';
import type { ResourceDetectorState } from '#core/detection/incidents/detector-state.ts';

/** Clocks of two machines differ by less. */
const CLOCK_SECONDS = 3600;

/**
 * The state without its times of the future, which a clock left that was ahead once: as every step
 * is observed once, nothing would be observed until then. What was learned of the values stays.
 */
export function forgetFuture(state: ControllerState, clockSeconds: number): ControllerState {
  const latest = clockSeconds + CLOCK_SECONDS;
  const isAhead = (seconds: number | null): boolean => seconds !== null && seconds > latest;
  const { detector } = state;
  if (!isAhead(state.lastStepSeconds) && !isAhead(detector.lastSeconds)) return state;
  const resources = Object.fromEntries(
    Object.entries(detector.resources).map(([resource, known]) => [
      resource,
      withoutFuture(known, isAhead),
    ]),
  );
  const { open } = detector;
  return {
    ...state,
    lastStepSeconds: null,
    detector: {
      ...detector,
      resources,
      lastSeconds: null,
      lastPointSeconds: null,
      quietSteps: 0,
      quietSinceSeconds: null,
      open: open && isAhead(open.startSeconds) ? null : open,
      echo: null,
    },
  };
}

function withoutFuture(
  { failedAtSeconds, ...known }: ResourceDetectorState,
  isAhead: (seconds: number) => boolean,
): ResourceDetectorState {
  const { recent, evidence } = known;
  return {
    ...known,
    recent: recent.filter(({ atSeconds }) => !isAhead(atSeconds)),
    evidence: evidence && isAhead(evidence.atSeconds) ? null : evidence,
    ...(failedAtSeconds !== undefined && !isAhead(failedAtSeconds) && { failedAtSeconds }),
  };
}
