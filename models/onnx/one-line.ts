/** A message as one line: ONNX Runtime ends some of its messages with a line end, or has several. */
export function oneLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}
