import { modelName } from '#core/text/model-name.ts';
import type { TrainingOutcome } from '#core/use-cases/train-application.ts';

/** Result of a training as text: one line per application with its models. */
export function trainingLines(outcomes: readonly TrainingOutcome[]): readonly string[] {
  return outcomes.map(({ applicationId, trained, skipped }) => {
    const models = Object.entries(trained).map(([resource, { composition, reliability }]) => {
      return `${resource} ${modelName(composition)} (loss ${reliability.loss.toFixed(3)})`;
    });
    const reasons = Object.entries(skipped).map(
      ([resource, reason]) => `${resource} without a model of its own: ${reason}`,
    );
    return `${applicationId}: ${[...models, ...reasons].join('; ')}`;
  });
}
