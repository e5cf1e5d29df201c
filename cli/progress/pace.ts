/** Rate and remaining time, for example "3.2/s, 1 min 20 s left". Empty before anything is done. */
export function describePace(done: number, total: number, elapsedSeconds: number): string {
  if (done <= 0 || elapsedSeconds <= 0) return '';
  const perSecond = done / elapsedSeconds;
  const rate = perSecond >= 1 ? `${short(perSecond)}/s` : `${short(perSecond * 60)}/min`;
  return `${rate}, ${formatSeconds((total - done) / perSecond)} left`;
}

/** For example "45 s", "3 min 20 s", "2 h 5 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const [large, small, largeUnit, smallUnit] =
    whole < 3600
      ? [Math.floor(whole / 60), whole % 60, 'min', 's']
      : [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), 'h', 'min'];
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function short(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
