export interface InputFault {
  readonly file: string;
  /** Number of the data row, counted from 1 without the header. */
  readonly row?: number | undefined;
  readonly column?: string | undefined;
  /** Describes the fault as the end of a sentence: `"abc" is not a number`. */
  readonly problem: string;
}

/** An input file cannot be used. The message is one line: file, row, column, what is wrong. */
export class InputError extends Error {
  readonly file: string;
  readonly row: number | null;
  readonly column: string | null;
  readonly problem: string;

  constructor({ file, row, column, problem }: InputFault, options?: ErrorOptions) {
    const place = [row && `row ${row}`, column && `column ${column}`].filter(Boolean).join(', ');
    super(`${file}: ${place ? `${place}: ` : ''}${problem}`, options);
    this.name = 'InputError';
    this.file = file;
    this.row = row ?? null;
    this.column = column ?? null;
    this.problem = problem;
  }
}
