import type {
  ChaosSwitches,
  LifeReport,
  LifeStep,
  OmsDeliveries,
  OmsOrder,
  OmsPublishing,
  OmsWrites,
} from './oms-shapes.js';
import { askJson, callJson, longAnswerMs } from './json-http.js';
import { omsUsers, type Credentials, type OmsOrganizationName } from './settings.js';

/** The control door of the OMS twin: what it holds, what it counted, and how it is to behave. */
export class OmsTwin {
  constructor(
    readonly url: string,
    private readonly client: Pick<Credentials, 'clientId' | 'clientSecret'>,
  ) {}

  async isReady(): Promise<boolean> {
    return (await callJson('GET', `${this.url}/control/health`)).status === 200;
  }

  /** The order as stored, with everything; undefined where the OMS has none of that number. */
  order(id: string): Promise<OmsOrder | undefined> {
    return this.stored(`/control/orders/${encodeURIComponent(id)}`);
  }

  customer(id: string): Promise<Record<string, unknown> | undefined> {
    return this.stored(`/control/customers/${encodeURIComponent(id)}`);
  }

  /** Writes that changed something, oldest first; of one order or customer when a key is given. */
  writes(key?: string): Promise<OmsWrites> {
    const query = key === undefined ? '' : `?key=${encodeURIComponent(key)}`;
    return askJson('GET', `${this.url}/control/writes${query}`, { timeoutMs: longAnswerMs });
  }

  /** Bodies that were sent to save a customer, word by word, oldest first; answered well or not. */
  async customerSaves(customerId: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { requests } = await askJson<{ requests: readonly { body: Record<string, unknown> }[] }>(
      'GET',
      `${this.url}/control/requests?path=${encodeURIComponent('/customer/api/customer/customer/save')}`,
    );
    return requests.map(({ body }) => body).filter(({ CustomerId }) => CustomerId === customerId);
  }

  /** What the OMS will do of itself with an order once it is confirmed. */
  async setLife(orderId: string, steps: readonly LifeStep[]): Promise<void> {
    await askJson('PUT', `${this.url}/control/lives/${encodeURIComponent(orderId)}`, { body: { steps } });
  }

  life(orderId: string): Promise<LifeReport | undefined> {
    return this.stored(`/control/lives/${encodeURIComponent(orderId)}`);
  }

  /** A call as another system of the organization makes it: its warehouse, its call centre, its payment provider. */
  async callAs(organization: OmsOrganizationName, path: string, body: unknown): Promise<unknown> {
    const user = omsUsers[organization];
    const { access_token: token } = await askJson<{ access_token: string }>(
      'POST',
      `${this.url}/oauth/token?${new URLSearchParams({ grant_type: 'password', ...user }).toString()}`,
      { headers: { authorization: `Basic ${btoa(`${this.client.clientId}:${this.client.clientSecret}`)}` } },
    );
    return askJson('POST', `${this.url}${path}`, { body, headers: { authorization: `Bearer ${token}` } });
  }

  /** What an adapter of ours signs in with. */
  account(organization: OmsOrganizationName) {
    const { clientId, clientSecret } = this.client;
    return { baseUrl: this.url, grant: 'password' as const, clientId, clientSecret, ...omsUsers[organization] };
  }

  async publishTo(target: OmsPublishing): Promise<void> {
    await askJson('PUT', `${this.url}/control/publishing`, { body: target });
  }

  /** Messages that have not been taken yet, copies counted. */
  async undelivered(): Promise<number> {
    return (await askJson<OmsDeliveries>('GET', `${this.url}/control/publishing`)).pending;
  }

  /** What this tenant has chosen where the vendor leaves a choice. */
  async chooseAsTenant(choices: Readonly<Record<string, unknown>>): Promise<void> {
    await askJson('PUT', `${this.url}/control/config`, { body: choices });
  }

  /** Lets time pass at the OMS, where what waits is done. */
  async advanceClock(advanceMs: number): Promise<void> {
    await askJson('POST', `${this.url}/control/clock`, { body: { advanceMs } });
  }

  async setChaos(switches: ChaosSwitches): Promise<void> {
    await askJson('PUT', `${this.url}/control/chaos`, { body: switches });
  }

  private async stored<T>(path: string): Promise<T | undefined> {
    const { status, body } = await callJson('GET', `${this.url}${path}`);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${path} of the OMS twin answered ${status}`);
    return body as T;
  }
}
