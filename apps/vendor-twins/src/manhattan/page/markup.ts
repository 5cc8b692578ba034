/** HTML that is safe to send as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = Markup | Markup[] | string | number | boolean | null | undefined;

/** A template of HTML: whatever is put in is escaped, unless it is markup itself; nothing stands for null and undefined. */
export function html(parts: TemplateStringsArray, ...contents: Content[]): Markup {
  const filled = parts.map((part, index) => part + written(contents[index]));
  return new Markup(filled.join(''));
}

function written(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(({ text }) => text).join('\n');
  return String(content ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A table with a heading for each column. */
export function table(headings: string[], lines: Markup[], caption = ''): Markup {
  return html`<table>
    ${
      caption === ''
        ? ''
        : html`<caption>
            ${caption}
          </caption>`
    }
    <thead>
      <tr>
        ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${lines}
    </tbody>
  </table>`;
}
