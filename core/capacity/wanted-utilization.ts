/**
 * Share of an instance's CPU up to which an application still serves well, where its owner says
 * nothing: response times grow without bound towards 100 %.
 */
const SERVICE_OBJECTIVE = 0.85;
/** A target leaves room for so much more use: reactive scaling takes minutes. */
const HEADROOM_ABOVE_TARGET = 1.2;

/**
 * Share of CPU up to which a group with a target still serves well: a fifth above its target, and
 * no more than `SERVICE_OBJECTIVE`.
 * @param target share of CPU that its owner wants used; null where the owner says nothing.
 */
export function serviceObjective(target: number | null): number {
  if (target === null) return SERVICE_OBJECTIVE;
  return Math.min(SERVICE_OBJECTIVE, HEADROOM_ABOVE_TARGET * target);
}

/** A share from text: "60", "60%" and "0.6" are the same. Null for anything else. */
export function parseTarget(text: string | null | undefined): number | null {
  const [, digits] = /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(text ?? '') ?? [];
  const value = Number(digits);
  const share = value > 1 ? value / 100 : value;
  return share > 0 && share <= 1 ? share : null;
}
