import { certainPart } from '#core/capacity/censored-demand.ts';
import { behavioursOf, HELD_DECISIONS, wantedByEach } from './behaviours.ts';
import {
  NEW_TRACKED_GROUP,
  trackStep,
  type TrackedGroup,
  type TrackingRule,
} from './tracked-group.ts';
import { demandOfWaiting, MOST_WAITING, type WaitingStep } from './waiting-steps.ts';

/** How something has served; fading. */
export interface ServiceRecord {
  /** Use that was left above what it held, in instance-steps. */
  readonly unserved: number;
  /** Steps in which it was short. */
  readonly short: number;
}

/**
 * How every behaviour and target tracking would have served of late; plain JSON. Arrays have a
 * number for each of `behavioursOf`, and target tracking's at the end.
 */
export interface ServiceTrial {
  /** Whether a policy of the group's own stands beside, so that behaviours are floors under it. */
  readonly isBeside: boolean;
  /** What every column asked for at the last decisions, oldest first. */
  readonly asked: readonly (readonly number[])[];
  /** What each wanted at the last decisions, oldest first. */
  readonly wanted: readonly (readonly number[])[];
  /** Groups that target tracking would steer: beside a policy one for each, else its own alone. */
  readonly groups: readonly TrackedGroup[];
  readonly unserved: readonly number[];
  readonly short: readonly number[];
  /** Instance-steps that each would have asked for. */
  readonly hours: readonly number[];
  /** How the group really served, and how target tracking would have in the same steps. */
  readonly own: ServiceRecord;
  readonly tracked: ServiceRecord;
  /** Steps that are not counted yet, as it is not known what they demanded; oldest first. */
  readonly waiting: readonly WaitingStep[];
  /** The last use that did not end at the capacity; null before it. */
  readonly lastFree: number | null;
  /** Steps that are counted. */
  readonly steps: number;
}

const NOTHING: ServiceRecord = { unserved: 0, short: 0 };

/** How many there are to choose from: the behaviours and target tracking. */
export function choicesOf(isBeside: boolean): number {
  return behavioursOf(isBeside).length + 1;
}

export function newServiceTrial(isBeside: boolean): ServiceTrial {
  const choices = choicesOf(isBeside);
  const zeros = Array<number>(choices).fill(0);
  return {
    isBeside,
    asked: [],
    wanted: [],
    groups: Array<TrackedGroup>(isBeside ? choices : 1).fill(NEW_TRACKED_GROUP),
    unserved: zeros,
    short: zeros,
    hours: zeros,
    own: NOTHING,
    tracked: NOTHING,
    waiting: [],
    lastFree: null,
    steps: 0,
  };
}

/** The trial to go on with: one that was made of the other kind says nothing. */
export function trialFor(trial: ServiceTrial | undefined, isBeside: boolean): ServiceTrial {
  return trial?.isBeside === isBeside ? trial : newServiceTrial(isBeside);
}

/** After a week a step counts half: a week has all days in it. */
const HALF_LIFE_SECONDS = 7 * 86_400;
/** What was really served is remembered for longer: it has to come out right in the end. */
const RECORD_HALF_LIFE_SECONDS = 14 * 86_400;

export interface ServedStep {
  /** See `askedByEach`; at least what was in use when the decision was made. */
  readonly asked: readonly number[];
  /** Use in instances, not rounded. */
  readonly used: number;
  /** Instances that were in service. */
  readonly inService: number;
  /** See `TrackedStep`. */
  readonly share: number;
  readonly usable: number;
  readonly endsAtCapacity: boolean;
  readonly rule: TrackingRule;
  readonly stepSeconds: number;
  /** Decisions that have to agree until an instance serves: the steps of the lead time. */
  readonly warmUpHorizon: number;
}

/**
 * Learns from one step how well each would have served, and at what cost. A step in which use ended
 * at the capacity is counted once a later one shows what was demanded.
 */
export function advanceServiceTrial(before: ServiceTrial, step: ServedStep): ServiceTrial {
  const { isBeside } = before;
  const { used, inService, stepSeconds, warmUpHorizon } = step;
  const asked = [...before.asked, step.asked].slice(-HELD_DECISIONS);
  const tracked = before.groups.at(-1)?.desired ?? Math.ceil(used / step.share);
  const wanted = wantedByEach(isBeside, asked);
  // A floor raises what tracking wants, and tracking holds on to it.
  if (isBeside) {
    wanted.forEach((own, k) => {
      wanted[k] = Math.max(before.groups[k]?.desired ?? tracked, own);
    });
  }
  wanted.push(tracked);
  const rows = [...before.wanted, wanted].slice(-warmUpHorizon);
  const held = leastOf(rows);
  const groups = before.groups.map((group, k) => {
    const position = isBeside ? k : wanted.length - 1;
    return trackStep({ ...group, desired: wanted[position] }, { held: held[position], ...step });
  });
  const next = { ...before, asked, wanted: rows, groups };
  if (rows.length < warmUpHorizon) return next;
  const kept = 0.5 ** (stepSeconds / HALF_LIFE_SECONDS);
  const hours = before.hours.slice();
  for (let k = 0; k < hours.length; k++) hours[k] = kept * hours[k] + wanted[k];
  const certain = step.endsAtCapacity ? certainPart(used, inService / step.usable) : null;
  if (certain === null) {
    const counted = countWaiting({ ...next, hours }, used, stepSeconds);
    return { ...count(counted, { held, inService, used }, stepSeconds), lastFree: used };
  }
  const waiting = [...before.waiting, { held, inService, used, certain }];
  const waited = { ...next, hours, waiting };
  return waiting.length < MOST_WAITING ? waited : countWaiting(waited, null, stepSeconds);
}

/** What the counted steps weigh in the sums of a trial, as each counts less with time. */
export function trialSteps({ steps }: ServiceTrial, stepSeconds: number): number {
  return faded(steps, stepSeconds / HALF_LIFE_SECONDS);
}

/** The same in the group's own record. */
export function recordSteps({ steps }: ServiceTrial, stepSeconds: number): number {
  return faded(steps, stepSeconds / RECORD_HALF_LIFE_SECONDS);
}

function faded(steps: number, halfLives: number): number {
  const kept = 0.5 ** halfLives;
  return (1 - kept ** steps) / (1 - kept);
}

/** Counts what waited. */
function countWaiting(trial: ServiceTrial, after: number | null, stepSeconds: number) {
  const { waiting, lastFree } = trial;
  return demandOfWaiting(waiting, lastFree, after).reduce(
    (sum: ServiceTrial, used, k) => count(sum, { ...waiting[k], used }, stepSeconds),
    { ...trial, waiting: [] },
  );
}

/** Counts one step by what it demanded. */
function count(
  before: ServiceTrial,
  { held, inService, used }: Omit<WaitingStep, 'certain'>,
  stepSeconds: number,
): ServiceTrial {
  const kept = 0.5 ** (stepSeconds / HALF_LIFE_SECONDS);
  const unserved = before.unserved.slice();
  const short = before.short.slice();
  for (let k = 0; k < held.length; k++) {
    const lacking = Math.max(0, used - held[k]);
    unserved[k] = kept * unserved[k] + lacking;
    short[k] = kept * short[k] + (lacking > 0 ? 1 : 0);
  }
  return {
    ...before,
    unserved,
    short,
    own: longer(before.own, used - inService, stepSeconds),
    tracked: longer(before.tracked, used - held.at(-1)!, stepSeconds),
    steps: before.steps + 1,
  };
}

function longer(before: ServiceRecord, lacking: number, stepSeconds: number): ServiceRecord {
  const kept = 0.5 ** (stepSeconds / RECORD_HALF_LIFE_SECONDS);
  return {
    unserved: kept * before.unserved + Math.max(0, lacking),
    short: kept * before.short + (lacking > 0 ? 1 : 0),
  };
}

/** Instances that serve: those that every decision since they were asked for wanted. */
function leastOf(rows: readonly (readonly number[])[]): readonly number[] {
  const least = rows.at(-1)!.slice();
  for (const row of rows) {
    for (let k = 0; k < least.length; k++) if (row[k] < least[k]) least[k] = row[k];
  }
  return least;
}
