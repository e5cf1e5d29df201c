/**
 * Names among the candidates: a network as its cluster trained it, and one tuned to the
 * application.
 */
export const NETWORK_NAME = 'lstm';
export const TUNED_NAME = 'lstm-tuned';

export const isNetwork = (candidate: string): boolean =>
  candidate === NETWORK_NAME || candidate === TUNED_NAME;
