/** Weeks whose days are averaged, where an event is compared with another day. */
export const COMPARED_WEEKS = 4;

/** What has to be known before an event that is like another weekday. */
export const COMPARED_SECONDS = (7 * (COMPARED_WEEKS + 1) + 1) * 86_400;
