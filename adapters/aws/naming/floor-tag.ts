/**
 * Tag of a group that shows people the minimum that its owner chose, while Foreprint has raised it.
 * It is a mirror and never read back: whoever may tag a group must not be able to size it.
 */
export const FLOOR_TAG = 'foreprint:minimum';

/** Value of the tag, `own:before:after`, for example "2:2:5". */
export function floorText({
  own,
  before,
  after,
}: {
  readonly own: number;
  readonly before: number;
  readonly after: number;
}): string {
  return `${own}:${before}:${after}`;
}
