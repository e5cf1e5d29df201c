import fc from 'fast-check';
import { STATE_VERSION, type ControllerState } from '#core/controller/controller-state.ts';
import { HEADROOM_FACTORS } from '#core/controller/headroom-trial.ts';
import { COLUMNS } from '#core/controller/service/behaviours.ts';
import { choicesOf, type ServiceTrial } from '#core/controller/service/service-trial.ts';
import { DETECTOR_VERSION } from '#core/detection/incidents/detector-state.ts';
import { RESOURCES } from '#core/domain/footprint.ts';

/** JSON has no −0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const record = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });
const known = fc.option(number);
const resource = fc.constantFrom(...RESOURCES);
const direction = fc.constantFrom('above' as const, 'below' as const);
const level = fc.constantFrom('warn' as const, 'page' as const);
const causes = fc.array(fc.constantFrom('point' as const, 'range' as const, 'absence' as const));
const footprint = record({ cpu: known, memory: known, disk: known, network: known });
const perFactor = fc.array(number, {
  minLength: HEADROOM_FACTORS.length,
  maxLength: HEADROOM_FACTORS.length,
});
const partial = <T>(value: fc.Arbitrary<T>) =>
  fc.record(
    { cpu: value, memory: value, disk: value, network: value },
    { requiredKeys: [], noNullPrototype: true },
  );

const incident = record({
  applicationId: fc.string(),
  resource,
  resources: fc.array(resource),
  direction,
  level,
  causes,
  suspect: fc.constantFrom('application' as const, 'forecast' as const),
  afterDeploy: fc.boolean(),
  startSeconds: number,
  endSeconds: known,
  severity: number,
  peakActual: number,
  expected: number,
  lower: number,
  upper: number,
});

const detectorPoint = record({
  atSeconds: number,
  actual: number,
  direction: fc.option(direction),
  severity: number,
  expected: number,
  lower: number,
  upper: number,
  isUsual: fc.boolean(),
});

const resourceState = fc.record(
  {
    memory: fc.base64String(),
    recent: fc.array(detectorPoint, { maxLength: 5 }),
    evidence: fc.option(record({ atSeconds: number, level, causes })),
    outsideRun: number,
    rows: number,
    usualLevel: number,
    modelError: number,
    baseError: number,
    modelled: number,
    failedAtSeconds: number,
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      ...(['memory', 'recent', 'evidence', 'outsideRun', 'rows', 'usualLevel'] as const),
      ...(['modelError', 'baseError', 'modelled'] as const),
    ],
  },
);

const ofLength = (length: number) => fc.array(number, { minLength: length, maxLength: length });
const served = record({ unserved: number, short: number });
const trackedGroup = record({
  desired: known,
  lowSteps: number,
  needs: fc.array(number, { maxLength: 3 }),
});

/** Beside a policy every behaviour has a group of its own. */
function serviceTrial(isBeside: boolean): fc.Arbitrary<ServiceTrial> {
  const choices = choicesOf(isBeside);
  const perChoice = ofLength(choices);
  const groups = isBeside ? choices : 1;
  return record({
    isBeside: fc.constant(isBeside),
    asked: fc.array(ofLength(COLUMNS.length), { maxLength: 2 }),
    wanted: fc.array(perChoice, { maxLength: 2 }),
    groups: fc.array(trackedGroup, { minLength: groups, maxLength: groups }),
    unserved: perChoice,
    short: perChoice,
    hours: perChoice,
    own: served,
    tracked: served,
    waiting: fc.array(
      record({ held: perChoice, inService: number, used: number, certain: number }),
      { maxLength: 2 },
    ),
    lastFree: known,
    steps: number,
  });
}

/** Any state that the controller could be in, as far as its types say. */
export const anyState: fc.Arbitrary<ControllerState> = record({
  version: fc.constant(STATE_VERSION),
  detector: record({
    version: fc.constant(DETECTOR_VERSION),
    resources: partial(resourceState),
    open: fc.option(incident),
    involved: partial(direction),
    quietSteps: number,
    quietSinceSeconds: known,
    lastPointSeconds: known,
    lastSeconds: known,
    muted: fc.option(record({ resource, direction, severity: number })),
    echo: fc.option(record({ resource, direction, untilSeconds: number })),
  }),
  correction: footprint,
  recentUses: fc.array(footprint, { maxLength: 3 }),
  shortages: partial(record({ shortSteps: number, insideSteps: number, lasting: fc.boolean() })),
  headroom: record({
    costs: perFactor,
    shortSteps: perFactor,
    wanted: fc.array(perFactor, { maxLength: 3 }),
    guard: record({ lasting: perFactor, missed: number }),
    steps: number,
    chosen: fc.nat(HEADROOM_FACTORS.length - 1),
  }),
  service: fc.boolean().chain((isBeside) => serviceTrial(isBeside)),
  supply: fc.option(
    record({
      startsSeconds: fc.array(number),
      refusals: fc.array(record({ atSeconds: number, instances: number })),
      freeCpus: known,
      askedAtSeconds: number,
    }),
  ),
  lastStepSeconds: known,
  unannounced: fc.array(incident, { maxLength: 2 }),
});
