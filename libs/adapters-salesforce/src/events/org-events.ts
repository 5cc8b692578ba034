import { credentials, Metadata, type ClientDuplexStream } from '@grpc/grpc-js';
import type { Grants } from '../session.js';
import { isUnauthenticated } from './bus-faults.js';
import { eventBusClient, type EventBusClient, type FetchRequest, type FetchResponse } from './bus-protocol.js';
import { EventSchemas } from './event-schemas.js';

export type FetchStream = ClientDuplexStream<FetchRequest, FetchResponse>;

const SCHEMA_WITHIN_MS = 20_000;

/** The event bus of one org: one channel to it, its schemas, and our session in the metadata of every call (§3.3). */
export class OrgEvents {
  readonly schemas = new EventSchemas((schemaId) => this.schemaJson(schemaId));
  private readonly client: EventBusClient;

  /** @param endpoint `https://host:port`; `http://` speaks without encryption, to a stand-in on the same machine. */
  constructor(
    endpoint: string,
    private readonly grants: Grants,
  ) {
    const { protocol, host } = new URL(endpoint);
    const port = /:\d+$/.test(host) ? '' : ':443';
    this.client = eventBusClient(
      `${host}${port}`,
      protocol === 'http:' ? credentials.createInsecure() : credentials.createSsl(),
    );
  }

  async subscribe(): Promise<FetchStream> {
    return this.client.subscribe(await this.metadata());
  }

  /** The next call logs in anew. A running subscription survives the end of its session, other calls do not (§3.3). */
  async forgetSession(): Promise<void> {
    await this.grants.renew();
  }

  private async schemaJson(schemaId: string): Promise<string> {
    try {
      return await this.askSchema(schemaId);
    } catch (thrown) {
      if (!isUnauthenticated(thrown)) throw thrown;
      await this.forgetSession();
      return this.askSchema(schemaId);
    }
  }

  private async askSchema(schemaId: string): Promise<string> {
    const metadata = await this.metadata();
    return new Promise((resolve, reject) => {
      const deadline = performance.timeOrigin + performance.now() + SCHEMA_WITHIN_MS;
      this.client.getSchema({ schemaId }, metadata, { deadline }, (error, answer) =>
        error ? reject(error) : resolve(answer?.schemaJson ?? ''),
      );
    });
  }

  private async metadata(): Promise<Metadata> {
    const { accessToken, instanceUrl, orgId } = await this.grants.current();
    const metadata = new Metadata();
    metadata.set('accesstoken', accessToken);
    metadata.set('instanceurl', instanceUrl);
    metadata.set('tenantid', orgId);
    return metadata;
  }
}
