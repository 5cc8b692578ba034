import { html, Markup } from './markup.js';

const STYLE = new Markup(`
body{font:14px/1.45 system-ui,sans-serif;margin:0;color:#1c2330;background:#f5f6f8}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:baseline;padding:.8rem 1.5rem;background:#1c2330;color:#fff}
h1{font-size:1.15rem;margin:0}h2{font-size:1.05rem;margin:0 0 .6rem}h3{font-size:1rem;margin:0}small{color:#667;font-weight:400}
header a{color:#cfe0ff}main{display:grid;grid-template-columns:minmax(0,3fr) minmax(19rem,1fr);gap:1.5rem;padding:1.5rem}
article,aside section,section.wide{background:#fff;border:1px solid #dde1e8;border-radius:6px;padding:.8rem 1rem;margin-bottom:1rem}
article p{margin:.1rem 0 .6rem;color:#445}.wide,aside section{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{padding:.25rem .5rem;text-align:left;border-bottom:1px solid #e7eaf0}
th{font-size:.75rem;font-weight:600;color:#556;vertical-align:bottom}td.rung,th.rung{text-align:center}
.here{background:#dcebff;font-weight:700}td:nth-child(2){white-space:nowrap}.trace{color:#9aa3b2}
form{display:inline-flex;gap:.3rem;margin:.1rem}input[type=number]{width:5rem}button{cursor:pointer}
aside form{display:block}.note{background:#fff4d6;padding:.5rem 1.5rem;margin:0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem;margin:.4rem 0}dd{margin:0}
@media(max-width:70rem){main{grid-template-columns:1fr}}`);

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
        <header>
          <h1>Manhattan twin</h1>
          ${clock}<a href="/control">refresh</a>
        </header>
        ${note === '' ? '' : html`<p class="note" role="status">${note}</p>`}
        <main>
          <div>${main}</div>
          <aside>${aside}</aside>
        </main>
      </body>
    </html>`.text;
}
