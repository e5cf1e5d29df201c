/** Markup that is safe to insert: everything that came from data has been escaped. */
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
 * Template tag for markup: every interpolated string is escaped, for text and for quoted attributes alike; nested
 * `html` passes through; null is nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0] ?? '';
  values.forEach((value, index) => {
    markup += toMarkup(value) + (strings[index + 1] ?? '');
  });
  return { markup };
}

/** Marks text as markup that needs no escaping. Only for what this folder made itself, never for data. */
export function trusted(markup: string): Html {
  return { markup };
}
