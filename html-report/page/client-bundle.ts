/** Minified script and style sheet of the page. */
export interface ClientBundle {
  readonly script: string;
  readonly style: string;
}
