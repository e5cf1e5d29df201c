/** An emulator that listens on the loopback interface. */
export interface Served {
  readonly endpoint: string;
  close(): void;
}
