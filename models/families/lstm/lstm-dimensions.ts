/** Profiles of the season: yesterday, a week ago, the mean of the days of the context. */
export const PROFILE_COUNT = 3;

/** Features of a token: logarithms of mean and of root mean square. */
export const TOKEN_FEATURES = 2;
