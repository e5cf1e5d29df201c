/** Tells the user how far the work is. One phase at a time: starting one ends the one before. */
export interface Progress {
  /** @param total null where nobody knows how much there is to do. */
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
