import { askJson } from './json-http.js';
import type { Credentials } from './settings.js';

/** Works in the CRM by its own API, as people, flows and other systems do: what is written here is told of as a change. */
export class CrmAgent {
  private token: Promise<string> | undefined;

  constructor(
    private readonly url: string,
    private readonly client: Pick<Credentials, 'clientId' | 'clientSecret'>,
  ) {}

  /**
   * Answers the id of the new record.
   * @param as the name that the caller gives itself (§2.8); none unless told.
   */
  async create(object: string, fields: Readonly<Record<string, unknown>>, as?: string): Promise<string> {
    const { id } = await this.call<{ id: string }>('POST', object, fields, as);
    return id;
  }

  /** @param as the name that the caller gives itself (§2.8); none unless told. */
  async change(object: string, id: string, fields: Readonly<Record<string, unknown>>, as?: string): Promise<void> {
    await this.call('PATCH', `${object}/${id}`, fields, as);
  }

  async remove(object: string, id: string): Promise<void> {
    await this.call('DELETE', `${object}/${id}`, undefined, undefined);
  }

  private async call<T>(method: string, path: string, body: unknown, as?: string): Promise<T> {
    this.token ??= this.logIn();
    return askJson<T>(method, `${this.url}/services/data/v67.0/sobjects/${path}`, {
      body,
      headers: {
        authorization: `Bearer ${await this.token}`,
        ...(as === undefined ? {} : { 'sforce-call-options': `client=${as}` }),
      },
    });
  }

  private async logIn(): Promise<string> {
    const { clientId, clientSecret } = this.client;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const answer = await fetch(`${this.url}/services/oauth2/token`, { method: 'POST', body: form });
    if (!answer.ok) throw new Error(`The CRM gives no session: ${answer.status}`);
    return ((await answer.json()) as { access_token: string }).access_token;
  }
}
