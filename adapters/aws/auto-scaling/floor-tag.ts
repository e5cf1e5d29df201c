/** Tag under which a group remembers the minimum that its owner chose. */
export const FLOOR_TAG = 'foreprint:minimum';

/** What the tag says. */
export interface Floor {
  /** The owner's own minimum. */
  readonly own: number;
  /** The group's minimum before and after our last change of it. */
  readonly before: number;
  readonly after: number;
}

/** Text of the tag, "own:before:after", for example "2:2:5". */
export function floorText({ own, before, after }: Floor): string {
  return `${own}:${before}:${after}`;
}

/** What a tag's text says, null if it is none of ours. */
export function parseFloor(text: string | undefined): Floor | null {
  const match = /^(\d+):(\d+):(\d+)$/.exec(text ?? '');
  if (!match) return null;
  return { own: Number(match[1]), before: Number(match[2]), after: Number(match[3]) };
}

/**
 * The minimum that the owner of a group chose. The tag is written before the minimum is changed, so the minimum we set
 * is `after`, or `before` where the change did not happen; any other minimum was set by the owner since.
 */
export function ownMinimum(minSize: number, floor: Floor | null): number {
  if (!floor) return minSize;
  return minSize === floor.before || minSize === floor.after ? floor.own : minSize;
}
