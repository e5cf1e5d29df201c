import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '#core/domain/settings/settings.ts';
import {
  DAY_ROWS,
  ordinary,
  START,
  STEP,
  watch,
  watchOn,
  WEEK_ROWS,
  type Shape,
} from '#test/core/detection/metric/watch-metric.ts';

const AT = 2 * WEEK_ROWS + 60;
const HOURS = 36;
const end = AT + HOURS;

/** Three hours far above the usual usage, or at almost nothing. */
const above: Shape = (row, noise) => ordinary(row, noise) + (row >= AT && row < end ? 60 : 0);
const below: Shape = (row, noise) => (row >= AT && row < end ? 0.5 : ordinary(row, noise));

function entry(kind: CalendarEntry['kind'], applicationId: string | null = 'shop') {
  const fromSeconds = START + AT * STEP;
  return { calendar: [{ kind, applicationId, fromSeconds, toSeconds: START + end * STEP }] };
}

const before = watch(AT, ordinary).steps;

function during(shape: Shape, change: Parameters<typeof watch>[2] = {}) {
  const rows = end + DAY_ROWS / 2;
  const { openedAt, incidents, steps } = watchOn(before, rows, { shape, change });
  const memory = (row: number) => steps[row]!.state.resources.cpu!.memory;
  return {
    openedAt: openedAt.filter((row) => row >= AT),
    incidents: incidents.filter(({ startSeconds }) => startSeconds >= START + AT * STEP),
    learnt: memory(end - 1) !== memory(AT - 1),
  };
}

describe('the calendar of detection', () => {
  it('opens an incident for the fault if there is no entry', () => {
    expect(during(above)).toMatchObject({ incidents: [{ level: 'page', afterDeploy: false }] });
    expect(during(below).incidents[0]).toMatchObject({ direction: 'below' });
  });

  it('does not report a muted fault, nor just after it, and learns it', () => {
    const { openedAt, learnt } = during(above, entry('mute'));
    expect(openedAt.filter((row) => row < end)).toEqual([]);
    expect(learnt).toBe(true);
  });

  it('ignores low usage on a holiday but not high usage, and learns neither', () => {
    expect(during(below, entry('holiday'))).toMatchObject({ openedAt: [], learnt: false });
    expect(during(above, entry('holiday')).incidents[0]).toMatchObject({ direction: 'above' });
  });

  it('marks an incident after a deployment and does not page', () => {
    const { incidents } = during(above, entry('deploy', null));
    expect(incidents[0]).toMatchObject({ level: 'warn', afterDeploy: true });
  });

  it('ignores entries of other applications', () => {
    expect(during(above, entry('mute', 'other')).incidents[0]).toMatchObject({ level: 'page' });
  });
});
