/** Shows the user the progress of the work. Starting a phase ends the previous one. */
export interface Progress {
  /** @param total null if the amount of work is unknown. */
  start(title: string, total: number | null): void;
  update(done: number): void;
  end(): void;
  /** A remark that stays on the screen. */
  note(text: string): void;
}

export const SILENT_PROGRESS: Progress = {
  start: () => undefined,
  update: () => undefined,
  end: () => undefined,
  note: () => undefined,
};
