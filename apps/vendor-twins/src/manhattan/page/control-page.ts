import { html, type Markup } from './markup.js';
import { STYLE } from './style.js';

export interface PageContents {
  /** What became of the last form; empty for nothing. */
  note: string;
  clock: Markup;
  main: Markup[];
  aside: Markup[];
}

/** The page of people who look over the twin's shoulder: plain HTML with forms, no script. */
export function controlPage({ note, clock, main, aside }: PageContents): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Manhattan twin</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <a class="skip" href="#orders">To the orders</a>
        <header>
          <h1>Manhattan twin</h1>
          ${clock}<a href="/control">Refresh</a>
        </header>
        ${note === '' ? '' : html`<p class="note" role="status">${note}</p>`}
        <main>
          <div>${main}</div>
          <aside aria-label="Settings">${aside}</aside>
        </main>
      </body>
    </html>`.text;
}
