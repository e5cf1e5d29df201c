/**
 * What `import … from 'foreprint'` gives. Versions follow semver: what is exported here, its
 * arguments and results change only with a new major version. Figures of a model may change with
 * any version. What trains is loaded when it is first called.
 */
export { decide } from './decide.ts';
export { detect } from './detect.ts';
export { forecast } from './forecast.ts';
export { replay } from './replay.ts';
export { train } from './train.ts';
export type {
  Amounts,
  DecisionRequest,
  FleetReplay,
  FleetTrace,
  InstanceDecision,
  PolicyFigures,
  ReplayedApplicationFigures,
  ReplayOptions,
  ResourceName,
  TraceApplication,
  Usage,
} from './types/fleet.ts';
export type {
  CandidateLoss,
  Forecast,
  ForecastOptions,
  PointScore,
  Series,
  TooLittleData,
  TrainedModel,
} from './types/series.ts';
