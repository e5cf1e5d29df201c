import { nowOf } from '#cli/store/now-of.ts';
import type { OpenStore } from '#cli/store/with-store.ts';
import type { ApplicationHistory } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';

export interface DueRun {
  readonly settings: Settings;
  readonly nowSeconds: number;
  /** Whether another training may begin. */
  readonly trainUntil: () => boolean;
  readonly trainer: Trainer;
  readonly note: (failure: string) => void;
  /** When the training of an application was tried last, Unix seconds. */
  readonly tried: Map<string, number>;
  /** Called before the first training, if there is one. */
  readonly before: () => void;
}

/**
 * Trains applications whose last training is older than the settings say, those that never were
 * trained first, while there is time. Which competes is the use case's choice. One that could not
 * be trained waits as long as the others.
 * @returns how many trainings there were.
 */
export async function trainDue(
  store: OpenStore,
  histories: readonly ApplicationHistory[],
  { settings, nowSeconds, trainUntil, trainer, note, tried, before }: DueRun,
): Promise<number> {
  const due: { readonly history: ApplicationHistory; readonly trainedTo: number }[] = [];
  for (const history of histories) {
    const measured = history.lastSeconds - history.firstSeconds + history.stepSeconds;
    if (measured < settings.training.minimumSeconds) continue;
    const { everySeconds } = settings.training;
    const trainedTo = await trainedToSeconds(store, history.applicationId);
    const now = nowOf(undefined, history, nowSeconds).seconds;
    const triedAt = tried.get(history.applicationId) ?? -Infinity;
    const isDue = now - trainedTo >= everySeconds && nowSeconds - triedAt >= everySeconds;
    if (isDue) due.push({ history, trainedTo });
  }
  due.sort((a, b) => a.trainedTo - b.trainedTo);
  for (const [index, { history }] of due.entries()) {
    if (index === 0) before();
    else if (!trainUntil()) return index;
    const { applicationId } = history;
    tried.set(applicationId, nowSeconds);
    const { seconds } = nowOf(undefined, history, nowSeconds);
    await trainApplication({ ...store, trainer }, applicationId, seconds, settings).catch(
      (error: unknown) => {
        note(`${applicationId}: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
  }
  return due.length;
}

/** End of the data of the last training; −Infinity without a model. */
async function trainedToSeconds({ profiles }: OpenStore, applicationId: string): Promise<number> {
  const profile = await profiles.application(applicationId).catch(() => null);
  const models = Object.values(profile?.predictiveModel ?? {});
  return Math.max(-Infinity, ...models.map((model) => model?.trainedToSeconds ?? -Infinity));
}
