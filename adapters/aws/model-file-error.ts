/**
 * `missing`: the file does not exist; `altered`: its content does not match its hash; `failed`: the
 * service returned another error.
 */
export type ModelFault = 'missing' | 'altered' | 'failed';

/**
 * A model file is not available. Allocation falls back to another forecast; training reports the
 * error.
 */
export class ModelFileError extends Error {
  readonly fault: ModelFault;

  constructor(fault: ModelFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelFileError';
    this.fault = fault;
  }
}
