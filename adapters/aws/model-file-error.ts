/** `missing`: there is no such file; `altered`: its content does not have its hash; `failed`: the service said no. */
export type ModelFault = 'missing' | 'altered' | 'failed';

/** A model file cannot be had; who allocates falls back to another forecast, who trains reports it. */
export class ModelFileError extends Error {
  readonly fault: ModelFault;

  constructor(fault: ModelFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelFileError';
    this.fault = fault;
  }
}
