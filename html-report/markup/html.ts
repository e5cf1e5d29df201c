/** Markup that is safe to insert: all data in it is escaped. */
export interface Html {
  readonly markup: string;
}

export type HtmlValue = string | number | Html | readonly Html[] | null;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function toMarkup(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  if ('markup' in value) return value.markup;
  return value.map((part) => part.markup).join('');
}

/**
 * Template tag for markup. Interpolated strings are escaped for text and quoted attributes, nested
 * `html` is inserted unchanged, and null inserts nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0] ?? '';
  values.forEach((value, index) => {
    markup += toMarkup(value) + (strings[index + 1] ?? '');
  });
  return { markup };
}

/** Marks text as markup without escaping. Only for text that this folder made, never for data. */
export function trusted(markup: string): Html {
  return { markup };
}
