/** Text that is HTML already. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Value = Html | string | number | undefined | readonly Value[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(value: Value): string {
  if (value === undefined) {
    return '';
  }
  if (value instanceof Html) {
    return value.toString();
  }
  return typeof value === 'object'
    ? value.map(render).join('')
    : String(value).replace(/[&<>"']/g, character => entities[character]);
}

/**
 * A template of HTML: whatever is filled in is escaped, unless it comes from
 * such a template itself.
 */
export function html(texts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    texts.map((text, index) => text + render(values[index])).join(''),
  );
}

/** A path of encoded segments, from the root. */
export function path(...segments: string[]): string {
  return `/${segments
    .flatMap(segment => segment.split('/'))
    .map(encodeURIComponent)
    .join('/')}`;
}
