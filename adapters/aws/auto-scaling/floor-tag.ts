/** Tag of a group that stores the minimum that its owner chose. */
export const FLOOR_TAG = 'foreprint:minimum';

/** Parsed value of the tag. */
export interface Floor {
  /** The owner's own minimum. */
  readonly own: number;
  /** The group's minimum before and after Foreprint's last change. */
  readonly before: number;
  readonly after: number;
}

/** Value of the tag, `own:before:after`, for example "2:2:5". */
export function floorText({ own, before, after }: Floor): string {
  return `${own}:${before}:${after}`;
}

/** Parses the tag's value. Null if the text does not have this format. */
export function parseFloor(text: string | undefined): Floor | null {
  const match = /^(\d+):(\d+):(\d+)$/.exec(text ?? '');
  if (!match) return null;
  return { own: Number(match[1]), before: Number(match[2]), after: Number(match[3]) };
}

/**
 * The minimum that the owner of a group chose. The tag is written before the minimum is changed.
 * Foreprint's minimum is therefore `after`, or `before` if the change failed. The owner set any
 * other minimum since then.
 */
export function ownMinimum(minSize: number, floor: Floor | null): number {
  if (!floor) return minSize;
  return minSize === floor.before || minSize === floor.after ? floor.own : minSize;
}
