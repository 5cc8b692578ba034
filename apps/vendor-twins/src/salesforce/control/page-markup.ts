export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

const style = `body{font:14px/1.45 system-ui,sans-serif;margin:2em;color:#1c2330}table{border-collapse:collapse;margin:0 0 2em}
td,th{border:1px solid #ccc;padding:.2em .6em;text-align:left}form{display:grid;grid-template-columns:repeat(auto-fill,minmax(15em,1fr));gap:.6em 1em;
border:1px solid #dde1e8;border-radius:6px;padding:.8em 1em;margin:0 0 1em}form h2{grid-column:1/-1;font-size:1.05em;margin:0}
label{display:grid}button{align-self:end;justify-self:start;padding:.3em 1.2em}[role=status]{background:#fff4d6;padding:.5em 1em}`;

/** A page of the twin: plain HTML with forms, no script, nothing from elsewhere. */
export function pageOf(title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} · Salesforce twin</title><style>${style}</style><h1>${escaped(title)}</h1>${content}</html>`;
}
