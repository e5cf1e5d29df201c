/** Time zones of the sample fleet's users, in hours from UTC, for `webShape`. */
export const CENTRAL_EUROPE = 1;
export const EASTERN_AMERICA = -5;
export const PACIFIC_AMERICA = -8;

/** Shopping: peaks at lunch and in the evening, slightly more at weekends. */
export const SHOP = {
  peakHour: 20,
  secondHour: 12,
  secondShare: 0.75,
  nightShare: 0.1,
  weekendShare: 1.15,
} as const;
/** Office hours. */
export const PORTAL = {
  peakHour: 10.5,
  secondHour: 15,
  secondShare: 0.95,
  nightShare: 0.06,
  weekendShare: 0.2,
} as const;
/** Evenings and weekends. */
export const MEDIA = {
  peakHour: 21.5,
  secondHour: 17,
  secondShare: 0.5,
  nightShare: 0.05,
  weekendShare: 1.5,
} as const;
