const START = Date.UTC(2026, 0, 5) / 1000;

export interface SmallTrace {
  readonly applications: readonly string[];
  readonly hours: number;
}

/** An hourly CSV trace with a day shape and a little noise that is always the same. */
export function smallTrace({ applications, hours }: SmallTrace): string {
  const lines = applications.flatMap((id, a) =>
    Array.from({ length: hours }, (_, hour) => {
      const time = new Date((START + hour * 3600) * 1000).toISOString();
      const cpu = 4 + a + 2 * Math.sin((2 * Math.PI * (hour + 3 * a)) / 24) + noise(hour, a);
      const values = [cpu, cpu * 1e9, cpu * 1e6, cpu * 2e6].map((value) => value.toFixed(3));
      return [id, time, ...values].join(',');
    }),
  );
  return ['application_id,timestamp,cpu,memory,disk,network', ...lines, ''].join('\n');
}

function noise(hour: number, a: number): number {
  const mixed = Math.sin(hour * 12.9898 + a * 78.233) * 43758.5453;
  return 0.3 * (mixed - Math.floor(mixed) - 0.5);
}

/** An hourly series file of the same shape. */
export function smallSeries(ids: readonly string[], hours: number): string {
  const lines = ids.flatMap((id, a) =>
    Array.from({ length: hours }, (_, hour) => {
      const time = new Date((START + hour * 3600) * 1000).toISOString().slice(0, 19);
      const y = 4 + a + 2 * Math.sin((2 * Math.PI * hour) / 24) + noise(hour, a);
      return `${id},${time},${y.toFixed(3)}`;
    }),
  );
  return ['unique_id,ds,y', ...lines, ''].join('\n');
}
