import type { ModelMetadata } from '#models/onnx/model-metadata.ts';

/** What the process of a candidate is asked: first to load its file, then to forecast. */
export type CandidateRequest =
  | { readonly kind: 'load'; readonly onnx: Uint8Array }
  | {
      readonly kind: 'forecast';
      readonly history: Float32Array;
      readonly originsSeconds: readonly number[];
    };

/** Its answers, one per request and in their order; the first of all says that it listens. */
export type CandidateAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaded'; readonly metadata: ModelMetadata }
  | { readonly kind: 'forecast'; readonly quantiles: Float32Array }
  | { readonly kind: 'failed'; readonly reason: string };
