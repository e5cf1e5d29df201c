/** Name of a network among the candidates. */
export const NETWORK_NAME = 'lstm';

/** Name that version 0.1 gave a cluster's network where it was tuned to the application. */
const FORMER_NAME = 'lstm-tuned';

export const isNetwork = (candidate: string): boolean =>
  candidate === NETWORK_NAME || candidate === FORMER_NAME;
