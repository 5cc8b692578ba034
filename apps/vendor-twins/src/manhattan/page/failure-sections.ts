import { CHAOS_PROFILES, type ChaosProfile } from '../control/chaos-profiles.js';
import { CHAOS_TABLE, type ChaosSwitches } from '../control/chaos.js';
import type { JsonObject } from '../wire/json.js';
import { html, table, type Markup } from './markup.js';

/** Failures by name, and every switch with its value and how often it fired; one form sets them all. */
export function chaosSection(switches: Readonly<ChaosSwitches>, fired: JsonObject): Markup {
  const described = new Map<string, { section: string; about: string }>(Object.entries(CHAOS_TABLE));
  const lines = Object.entries(switches).map(([name, value]) => {
    const field =
      typeof value === 'boolean'
        ? html`<input type="checkbox" name="${name}" id="${name}" ${value ? 'checked' : ''} />`
        : html`<input type="number" step="any" name="${name}" id="${name}" value="${value}" />`;
    const count = fired[name];
    return html`<tr>
      <td><label for="${name}">${name}</label><small>${described.get(name)?.about}</small></td>
      <td>${field}</td>
      <td>${count === undefined ? '' : String(count)}</td>
    </tr>`;
  });
  const times = Object.values(fired).reduce<number>((total, count) => total + Number(count), 0);
  return html`<section>
    <h2>Failures <small>${times === 0 ? 'none fired' : `fired ${times} times`}</small></h2>
    ${profiles()}
    <details>
      <summary>Every switch</summary>
      <form method="post" action="/control/page/chaos">
        ${table(['Switch', 'Value', 'fired'], lines)}<button class="main">Set</button>
      </form>
    </details>
  </section>`;
}

function profiles(): Markup {
  const chips = Object.entries<ChaosProfile>(CHAOS_PROFILES).map(
    ([name, { about }]) => html`<button name="profile" value="${name}" title="${about}">${name}</button>`,
  );
  return html`<form method="post" action="/control/page/profile" class="chips">
    ${chips}<button name="profile" value="" title="every switch back to its default">calm</button>
  </form>`;
}
