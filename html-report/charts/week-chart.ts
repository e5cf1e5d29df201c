import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import type { ReplayCluster } from '#evaluation/replay/replay-result.ts';
import type { WeekChart } from '#html-report/payload/chart-data.ts';
import { roundSignificant } from '#html-report/payload/round-significant.ts';
import { formatNumber } from '#html-report/text/format.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Resources with at least one value in the cluster's week. */
function measuredResources(cluster: ReplayCluster): readonly Resource[] {
  return RESOURCES.filter((resource) =>
    cluster.averageWeek[resource]?.some((value) => !Number.isNaN(value)),
  );
}

/** The cluster's average week, one strip per resource. */
export function weekChart(cluster: ReplayCluster): WeekChart {
  const strips = measuredResources(cluster).map((resource) => ({
    label: RESOURCE_LABELS[resource],
    values: Array.from(cluster.averageWeek[resource] ?? [], roundSignificant),
  }));
  return { kind: 'week', strips };
}

function hourName(hour: number): string {
  return `${DAYS[Math.floor(hour / 24) % 7]} ${String(hour % 24).padStart(2, '0')}:00`;
}

/** Peak and trough of the week per resource, as text. */
export function weekFinding(cluster: ReplayCluster): string {
  const sentences = measuredResources(cluster).map((resource) => {
    const week = [...(cluster.averageWeek[resource] ?? [])];
    const measured = week.filter((value) => !Number.isNaN(value));
    const most = Math.max(...measured);
    const least = Math.min(...measured);
    return (
      `${RESOURCE_LABELS[resource]}: peak ${hourName(week.indexOf(most))} (${formatNumber(most)}×), ` +
      `trough ${hourName(week.indexOf(least))} (${formatNumber(least)}×).`
    );
  });
  return sentences.length === 0 ? 'No average week is known.' : sentences.join(' ');
}
