import { callJson, type JsonAnswer } from '../../support/stack/json-http.js';
import type { Org } from './target.js';

/** A record by its field names. */
export type Fields = Readonly<Record<string, unknown>>;
type Row = Fields & { readonly Id: string };

const VERSION = 'v67.0';
/** §2.3: of one collection. */
const MOST = 200;

/** The org's public API, used by somebody who is not the adapter. */
export class OrgApi {
  private session: Promise<{ readonly url: string; readonly token: string }> | undefined;

  constructor(private readonly org: Org) {}

  async create(object: string, fields: Fields): Promise<string> {
    const [id] = await this.createMany([{ attributes: { type: object }, ...fields }]);
    if (id === undefined) throw new Error(`The org answered no id of a new ${object}.`);
    return id;
  }

  /** Events are answered with errors even where they are taken (§3.2). */
  async publish(event: string, fields: Fields): Promise<void> {
    await this.ask('POST', `sobjects/${event}`, fields);
  }

  /** In their order. @throws where one is refused */
  async createMany(records: readonly Fields[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let at = 0; at < records.length; at += MOST) {
      const some = records.slice(at, at + MOST);
      const body = { allOrNone: true, records: some };
      const saved = await this.ask<readonly SaveResult[]>('POST', 'composite/sobjects', body);
      ids.push(...saved.map(idOf));
    }
    return ids;
  }

  /** @param as the name that the caller gives itself (§2.8) */
  async change(object: string, id: string, fields: Fields, as?: string): Promise<void> {
    await this.ask('PATCH', `sobjects/${object}/${id}`, fields, as);
  }

  /** In one transaction. */
  async changeMany(records: readonly Fields[]): Promise<void> {
    const saved = await this.ask<readonly SaveResult[]>('PATCH', 'composite/sobjects', { allOrNone: true, records });
    saved.forEach(idOf);
  }

  async remove(object: string, id: string): Promise<void> {
    await this.ask('DELETE', `sobjects/${object}/${id}`);
  }

  /** Of one page. */
  async rows(soql: string): Promise<readonly Row[]> {
    const path = `query?q=${encodeURIComponent(soql)}`;
    return (await this.ask<{ records: readonly Row[] }>('GET', path)).records;
  }

  /** Of a field, as the org describes it. */
  async typeOf(object: string, field: string): Promise<string | undefined> {
    type Described = { readonly fields: readonly { readonly name: string; readonly type: string }[] };
    const { fields } = await this.ask<Described>('GET', `sobjects/${object}/describe`);
    return fields.find(({ name }) => name === field)?.type;
  }

  /** All fields of the record; undefined where there is none. */
  async record(object: string, key: string): Promise<Fields | undefined> {
    const { status, body } = await this.call('GET', `sobjects/${object}/${key}`);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`Reading ${object} answered ${status}: ${JSON.stringify(body)}`);
    return body as Fields;
  }

  /** §1.1. Of a session that is not ours too. */
  async revoke(token: string): Promise<void> {
    const body = new URLSearchParams({ token });
    const answer = await fetch(`${this.org.loginUrl}/services/oauth2/revoke`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`The org does not revoke a session: ${answer.status}`);
  }

  private async ask<T>(method: string, path: string, body?: unknown, as?: string): Promise<T> {
    const { status, body: answer } = await this.call(method, path, body, as);
    if (status > 299) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer).slice(0, 600)}`);
    return answer as T;
  }

  private async call(method: string, path: string, body?: unknown, as?: string): Promise<JsonAnswer> {
    this.session ??= this.signIn();
    const { url, token } = await this.session;
    return callJson(method, `${url}/services/data/${VERSION}/${path}`, {
      ...(body === undefined ? {} : { body }),
      headers: {
        authorization: `Bearer ${token}`,
        ...(as === undefined ? {} : { 'sforce-call-options': `client=${as}` }),
      },
    });
  }

  private async signIn() {
    const { clientId, clientSecret, loginUrl } = this.org;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { access_token: token, instance_url: url } = await askForm(`${loginUrl}/services/oauth2/token`, form);
    return { url, token };
  }
}

interface SaveResult {
  readonly id?: string;
  readonly success: boolean;
  readonly errors?: readonly unknown[];
}

function idOf({ id, success, errors }: SaveResult): string {
  if (success && id !== undefined) return id;
  throw new Error(`The org refused a record: ${JSON.stringify(errors)}`);
}

async function askForm(url: string, form: Record<string, string>) {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  if (!answer.ok) throw new Error(`The org gives no session: ${answer.status}`);
  return (await answer.json()) as { access_token: string; instance_url: string };
}
