export interface InputFault {
  readonly file: string;
  /** Line of a text file as an editor counts it: from 1, header included. */
  readonly line?: number | undefined;
  /** Number of the data row, from 1, in a file without lines. */
  readonly row?: number | undefined;
  readonly column?: string | undefined;
  /** Describes the fault as the end of a sentence: `"abc" is not a number`. */
  readonly problem: string;
}

/**
 * An input file cannot be used. The message is one line: file, line or row, column, what is wrong.
 */
export class InputError extends Error {
  readonly file: string;
  readonly line: number | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly problem: string;

  constructor({ file, line, row, column, problem }: InputFault, options?: ErrorOptions) {
    const at = [line && `line ${line}`, row && `row ${row}`, column && `column ${column}`];
    const place = at.filter(Boolean).join(', ');
    super(`${file}: ${place ? `${place}: ` : ''}${problem}`, options);
    this.name = 'InputError';
    this.file = file;
    this.line = line ?? null;
    this.row = row ?? null;
    this.column = column ?? null;
    this.problem = problem;
  }
}
