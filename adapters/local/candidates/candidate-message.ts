import type { ModelMetadata } from '#models/onnx/model-metadata.ts';

/** Requests to a candidate's process: `load` first, then `forecast`. */
export type CandidateRequest =
  | {
      readonly kind: 'load';
      readonly onnx: Uint8Array;
      /** True for a file of the store, which is not built into another. */
      readonly isModelFile: boolean;
    }
  | {
      readonly kind: 'forecast';
      readonly history: Float32Array;
      readonly originsSeconds: readonly number[];
      readonly stepsAhead?: readonly number[] | undefined;
    };

/** Answers, one per request in the same order. The first message is `ready`. */
export type CandidateAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaded'; readonly metadata: ModelMetadata }
  | { readonly kind: 'forecast'; readonly quantiles: Float32Array }
  | { readonly kind: 'failed'; readonly reason: string };
