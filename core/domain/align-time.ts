/** The start of the step that contains the instant; both in Unix seconds. */
export function stepStart(seconds: number, stepSeconds: number): number {
  return Math.floor(seconds / stepSeconds) * stepSeconds;
}
