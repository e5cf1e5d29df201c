import type { LaunchActivity } from './account-instance.ts';

/** Activities that are kept; the service keeps six weeks of them. */
const KEPT_LAUNCHES = 200;

/** Launches of a group, newest last. */
export class LaunchLog {
  activities: readonly LaunchActivity[] = [];

  add(activity: LaunchActivity): void {
    this.activities = [...this.activities, activity].slice(-KEPT_LAUNCHES);
  }

  /** Notes that an instance serves; a launch that has ended stays as it is. */
  end(instanceId: string, atSeconds: number): void {
    this.activities = this.activities.map((activity) =>
      activity.instanceId === instanceId && activity.endSeconds === null
        ? { ...activity, endSeconds: atSeconds }
        : activity,
    );
  }
}
