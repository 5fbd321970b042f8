import { Html, html } from './html';

/** A link to a page of the estate. */
export function link(href: string, text: string): Html {
  return html`<a href="${href}">${text}</a>`;
}

/** What something is, by names. Nothing is shown for what is not known. */
export function facts(
  list: readonly (readonly [name: string, value: Html | string | undefined])[],
): Html {
  return html`<table>
    <tbody>
      ${list.map(([name, value]) =>
        value === undefined || value === ''
          ? undefined
          : html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A table under a heading; a sentence instead where there is nothing. */
export function table(
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly (Html | string | undefined)[])[],
): Html {
  return html`<h2>${heading}</h2>
    ${
      rows.length === 0
        ? html`<p class="quiet">None.</p>`
        : html`<table>
            <thead>
              <tr>
                ${columns.map(column => html`<th scope="col">${column}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                row =>
                  html`<tr>
                    ${row.map(cell => html`<td>${cell}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
}

/** A time for people, in UTC. */
export function time(date: Date): Html {
  const text = date.toISOString();
  return html`<time datetime="${text}"
    >${text.slice(0, 16).replace('T', ' ')} UTC</time
  >`;
}
