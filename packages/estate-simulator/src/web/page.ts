import { Response } from 'express';
import { createHash } from 'node:crypto';
import { Html, html } from './html';

const style = `
:root { color-scheme: light dark; --line: #d0d7de; --quiet: #59636e; --link: #0a58ca; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --quiet: #9198a1; --link: #6ea8fe; }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
.notice { border-bottom: 1px solid var(--line); color: var(--quiet); font-size: .875rem; padding-bottom: .5rem; }
a { color: var(--link); }
nav a { margin-right: .25rem; }
h1 { font-size: 1.5rem; margin: .75rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; padding: .375rem .75rem .375rem 0; text-align: left; vertical-align: top; }
pre { border: 1px solid var(--line); border-radius: .375rem; overflow-x: auto; padding: .75rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
.quiet { color: var(--quiet); }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** A page below the shell that all of them share. */
export interface Page {
  title: string;
  /** The way to it: name and path of each page above. */
  trail?: readonly (readonly [name: string, path: string])[];
  body: Html;
}

/** Sends a page that runs nothing and loads nothing from elsewhere. */
export function sendPage(res: Response, page: Page, status = 200): void {
  res
    .status(status)
    .set({
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('html')
    .send(String(shell(page)));
}

/** Says that there is no such page. */
export function sendMissing(res: Response): void {
  sendPage(
    res,
    {
      title: 'No such page',
      body: html`<p>
        The simulated estate has nothing here.
        <a href="/">What it has</a>
      </p>`,
    },
    404,
  );
}

function shell({ title, trail = [], body }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · simulated estate</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <header class="notice">
          This is the simulated estate: a made-up company on your own machine.
        </header>
        <main>
          <nav aria-label="Breadcrumb">
            ${trail.map(([name, at]) => html`<a href="${at}">${name}</a> / `)}
          </nav>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}
