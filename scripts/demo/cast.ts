/** What a terminal printed, and when: an event of an asciicast of version 2. */
export type CastEvent = readonly [seconds: number, kind: 'o', text: string];

/** A recorded session, as asciinema plays it. */
export interface Cast {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly events: readonly CastEvent[];
}

/** The file of a cast: a header, then a line for every event. */
export function castText({ events, ...header }: Cast): string {
  const lines = [{ version: 2, ...header }, ...events].map((line) => JSON.stringify(line));
  return `${lines.join('\n')}\n`;
}

export interface Pace {
  /** What was recorded is played within so many seconds, unless it took less. */
  readonly mostSeconds: number;
  /** Events within so many seconds become one. */
  readonly frameSeconds: number;
}

/**
 * Events played faster, so that a wait does not bore, with so many frames a second as an eye needs.
 * @param events in the order of their times, which count from the start of the command.
 */
export function paced(
  events: readonly CastEvent[],
  { mostSeconds, frameSeconds }: Pace,
): readonly CastEvent[] {
  const scale = Math.min(1, mostSeconds / Math.max(events.at(-1)?.[0] ?? 0, Number.MIN_VALUE));
  const frames = new Map<number, string>();
  for (const [seconds, , text] of events) {
    const frame = Math.ceil((seconds * scale) / frameSeconds - 1e-9);
    frames.set(frame, (frames.get(frame) ?? '') + text);
  }
  return [...frames].map(([frame, text]) => [round(frame * frameSeconds), 'o', text]);
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
