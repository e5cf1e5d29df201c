import { describe, expect, test } from 'vitest';
import { lifecycleEventSchema } from '#functions/events/lifecycle-event.ts';
import { notificationEventSchema } from '#functions/events/notification-event.ts';
import { scheduledEventSchema } from '#functions/events/scheduled-event.ts';
import { planEventSchema, trainEventSchema } from '#functions/events/training-events.ts';
import { exampleIncident } from '#test/adapters/contracts/example-profiles.ts';
import { ALARM_EVENT, incidentEvent, LAUNCH_EVENT, SCHEDULED_EVENT } from './example-events.ts';

describe('events', () => {
  test('a lifecycle action is read from EventBridge’s event', () => {
    expect(lifecycleEventSchema.parse(LAUNCH_EVENT)).toEqual({
      applicationId: 'shop',
      hook: 'foreprint-launching',
      token: '87654321-4321-4321-4321-210987654321',
      instanceId: 'i-1234567890abcdef0',
      transition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      atSeconds: Date.UTC(2026, 10, 24, 17, 5, 12) / 1000,
    });
  });

  test('an action without a token is rejected', () => {
    const detail = { ...LAUNCH_EVENT.detail, LifecycleActionToken: undefined };
    expect(lifecycleEventSchema.safeParse({ ...LAUNCH_EVENT, detail }).success).toBe(false);
  });

  test('the time of a scheduled event is when it was due', () => {
    const atSeconds = Date.UTC(2026, 10, 24, 17, 5) / 1000;
    expect(scheduledEventSchema.parse(SCHEDULED_EVENT)).toEqual({ atSeconds });
    expect(scheduledEventSchema.safeParse(LAUNCH_EVENT).success).toBe(false);
  });

  test('a run’s name cannot leave its folder', () => {
    expect(planEventSchema.safeParse({ run: '../models/x' }).success).toBe(false);
    expect(planEventSchema.parse({ run: '7f9c-4b_1' })).toMatchObject({ run: '7f9c-4b_1' });
  });

  test('training uses the start of its run as its time', () => {
    const event = { applicationId: 'shop', startedAt: '2026-11-24T02:15:03.120Z' };
    expect(trainEventSchema.parse(event).startedAt).toBe(Date.UTC(2026, 10, 24, 2, 15, 3) / 1000);
  });

  test('an incident is found in the attributes, an alarm has none', () => {
    const incident = exampleIncident(1_764_000_000, null);
    const [notice] = notificationEventSchema.parse(
      incidentEvent({ kind: 'incident-opened', incident }),
    );
    expect(notice?.incident).toMatchObject({ applicationId: 'shop', resource: 'cpu' });
    expect(notificationEventSchema.parse(ALARM_EVENT)[0]?.incident).toBeNull();
    expect(notificationEventSchema.parse(incidentEvent({ kind: 'odd' }))[0]?.incident).toBeNull();
  });
});
