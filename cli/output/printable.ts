/** Controls except tab and line feed, of both sets (ECMA-48). */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** The text with control characters as escapes: a name in a file must not command a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROLS, (control) => {
    const code = control.charCodeAt(0).toString(16).padStart(2, '0');
    return `\\x${code}`;
  });
}
