import type { ApplicationHistory } from '#core/domain/ports.ts';

/** The history that ends last, null if there is none. */
export function newestHistory(histories: readonly ApplicationHistory[]): ApplicationHistory | null {
  return histories.reduce<ApplicationHistory | null>(
    (latest, history) =>
      latest === null || history.lastSeconds > latest.lastSeconds ? history : latest,
    null,
  );
}
