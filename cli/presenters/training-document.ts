import { modelName } from '#core/text/model-name.ts';
import type { TrainingOutcome } from '#core/use-cases/train-application.ts';
import { crossValidationDocument } from './cross-validation-document.ts';

/** The JSON that `foreprint train --json` writes. */
export function trainingDocument(outcomes: readonly TrainingOutcome[]): unknown {
  return {
    applications: outcomes.map(({ applicationId, trained, skipped }) => ({
      application_id: applicationId,
      trained: Object.fromEntries(
        Object.entries(trained).map(([resource, reference]) => [
          resource,
          {
            model: reference.model,
            name: modelName(reference.composition),
            composition: reference.composition,
            file: reference.file,
            sha256: reference.sha256,
            loss: reference.reliability.loss,
            cross_validation: crossValidationDocument(reference.crossValidation),
          },
        ]),
      ),
      skipped,
    })),
  };
}
