import { context, propagation, type Span } from '@opentelemetry/api';
import { Defect, SuspendingFault, type CallBudget, type Clock, type CrmOrgName } from '@tandem/domain';
import { inCallSpan } from './call-span.js';
import { FetchTransport } from './fetch-transport.js';
import { OrgBudget, type Priority } from './org-budget.js';
import { faultOfBrokenCall, isSessionExpired } from './salesforce-faults.js';
import { Sessions, type Grant, type Grants, type Session } from './session.js';
import { WRITING, type WritingSettings } from './writing/writing-settings.js';

export interface SalesforceOrgOptions {
  readonly org: CrmOrgName;
  /** The org's My Domain, such as `https://example.my.salesforce.com`. */
  readonly loginUrl: string;
  readonly clientId: string;
  /** Of the client-credentials flow (§1.3). Either this or `jwt`. */
  readonly clientSecret?: string | undefined;
  /** Of the JWT bearer flow (§1.2); wins where both are given. */
  readonly jwt?: { readonly privateKeyPem: string; readonly username: string; readonly audience: string } | undefined;
  readonly apiVersion?: string | undefined;
  /** Our name in the origin of the org's change events, by which we know our own writes again. */
  readonly client?: string | undefined;
  /** For one call as a whole, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Of an org with a single currency, whose records do not name one (§4.6). ISO 4217. */
  readonly currency?: string | undefined;
  /** Of the calls that the org allows in a day, so many percent are kept for orders; 10 where nothing is said. */
  readonly keptForOrdersPercent?: number | undefined;
  /** How writes are gathered; what is left out is `WRITING`. */
  readonly writing?: Partial<WritingSettings> | undefined;
}

/** One call. Every call must be repeatable: it is sent again where the session had ended. */
export interface CrmCall {
  /** Names the call in traces, such as `read-order`. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** From the root, such as `/services/data/v67.0/composite`. */
  readonly path: string;
  readonly body?: object;
  /** Instead of a body in JSON. */
  readonly csv?: string;
  /** How many records travel. */
  readonly records?: number;
  /** `orders` where nothing is said. */
  readonly priority?: Priority;
}

/** The connection to one org: one session, one attempt a call, one replay where the session had ended. Retrying is not its business. */
export class SalesforceConnection {
  readonly org: CrmOrgName;
  readonly currency: string | undefined;
  readonly writing: WritingSettings;
  private readonly apiVersion: string;
  private readonly timeoutMs: number;
  private readonly sessions: Sessions;
  private readonly budget: OrgBudget;

  constructor(options: SalesforceOrgOptions, clock: Clock) {
    const { org, loginUrl, currency, apiVersion = '67.0', client = 'tandem', timeoutMs = 30_000 } = options;
    this.org = org;
    this.currency = currency;
    this.writing = { ...WRITING, ...options.writing };
    this.apiVersion = apiVersion;
    this.timeoutMs = timeoutMs;
    this.budget = new OrgBudget(org, options.keptForOrdersPercent ?? 10, () => performance.now());
    this.sessions = new Sessions(grantOf(options), { org, loginUrl, apiVersion, client, timeoutMs }, clock);
  }

  /** The session itself, for what does not travel over HTTP. */
  readonly grants: Grants = {
    current: () => this.sessions.current(),
    renew: async () => {
      await this.sessions.renewed(await this.sessions.current());
    },
  };

  /** The path of a REST resource in the configured version, such as `composite`. */
  path(resource: string): string {
    return `/services/data/v${this.apiVersion}/${resource}`;
  }

  /** Undefined until the org has answered once. */
  callBudget(): CallBudget | undefined {
    return this.budget.state();
  }

  /** The answer's JSON; where it is CSV, an object for each row. Throws a SyncFault. */
  send(call: CrmCall): Promise<unknown> {
    const attributes = {
      'crm.org': this.org,
      'http.request.method': call.method,
      ...(call.records !== undefined && { 'crm.records': call.records }),
    };
    return inCallSpan(call.what, attributes, (span) => this.sendWithSession(call, span));
  }

  private async sendWithSession(call: CrmCall, span: Span): Promise<unknown> {
    this.budget.assertLeft(call.priority ?? 'orders');
    const session = await this.sessions.current();
    try {
      return await this.attempt(session, call, span);
    } catch (thrown) {
      if (!isSessionExpired(thrown)) throw faultOfBrokenCall(thrown);
    }
    span.addEvent('session renewed');
    const renewed = await this.sessions.renewed(session);
    try {
      return await this.attempt(renewed, call, span);
    } catch (thrown) {
      if (!isSessionExpired(thrown)) throw faultOfBrokenCall(thrown);
      throw new SuspendingFault('crm.session_refused', 'The org refuses even a session that it has just given us.');
    }
  }

  private attempt(session: Session, { method, path, body, csv }: CrmCall, span: Span): Promise<unknown> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body) headers['content-type'] = 'application/json';
    if (csv !== undefined) headers['content-type'] = 'text/csv';
    propagation.inject(context.active(), headers);
    const text = csv ?? (body && JSON.stringify(body));
    const sentBody = text === undefined ? {} : { body: text };
    const transport = new FetchTransport(this.timeoutMs, (status, answered) => {
      span.setAttribute('http.response.status_code', status);
      this.budget.hear(answered['sforce-limit-info']);
    });
    return session.calls.request({ method, url: path, headers, ...sentBody }, { transport });
  }
}

function grantOf({ org, clientId, clientSecret, jwt }: SalesforceOrgOptions): Grant {
  if (jwt) return { kind: 'jwt-bearer', clientId, ...jwt };
  if (clientSecret) return { kind: 'client-credentials', clientId, clientSecret };
  throw new Defect(`CRM org ${org} is configured with neither a client secret nor a key to sign with.`);
}
