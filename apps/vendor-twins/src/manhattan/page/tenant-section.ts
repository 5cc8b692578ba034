import { TABLE } from '../control/switch-table.js';
import { DEFAULTS, type TenantSwitches } from '../control/tenant-switches.js';
import type { Json, JsonObject } from '../wire/json.js';
import { html, table, type Markup } from './markup.js';

/** What the tenant has decided (§12, §13), each switch with its choices; one form sets them all. */
export function tenantSection(now: Readonly<TenantSwitches>): Markup {
  const values: JsonObject = { ...now };
  const defaults: JsonObject = { ...DEFAULTS };
  const changed = Object.keys(TABLE).filter((name) => values[name] !== defaults[name]);
  const lines = Object.entries(TABLE).map(
    ([name, { section, about, oneOf }]) =>
      html`<tr>
        <td>
          <label for="tenant-${name}">${name}${changed.includes(name) ? ' *' : ''}</label>
          <small>${about} (${section})</small>
        </td>
        <td>${field(name, values[name] ?? '', oneOf)}</td>
      </tr>`,
  );
  return html`<section>
    <h2>Tenant <small>${changed.length === 0 ? 'as the sheet has it' : `${changed.length} changed *`}</small></h2>
    <details>
      <summary>Every switch</summary>
      <form method="post" action="/control/page/tenant">
        ${table(['Switch', 'Value'], lines)}<button class="main">Set</button>
      </form>
    </details>
  </section>`;
}

function field(name: string, value: Json, oneOf: readonly Json[] | undefined): Markup {
  const id = `tenant-${name}`;
  if (oneOf) {
    const options = oneOf.map((one) => html`<option ${one === value ? 'selected' : ''}>${String(one)}</option>`);
    return html`<select name="${name}" id="${id}">
      ${options}
    </select>`;
  }
  if (typeof value === 'boolean')
    return html`<input type="checkbox" name="${name}" id="${id}" ${value ? 'checked' : ''} />`;
  const type = typeof value === 'number' ? 'number' : 'text';
  return html`<input type="${type}" min="0" size="12" name="${name}" id="${id}" value="${String(value)}" />`;
}
