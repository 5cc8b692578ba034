import { askJson, callJson, longAnswerMs } from './json-http.js';

/** A record of the CRM by its field names. */
export type CrmRecord = Readonly<Record<string, unknown>>;

/** A record to insert: `@name` stands for the id of the record with that `referenceId` in the same call. */
export type SeedRecord = {
  readonly attributes: { readonly type: string; readonly referenceId: string };
} & Readonly<Record<string, unknown>>;

export interface CrmWrite {
  readonly sequence: number;
  readonly at: string;
  readonly object: string;
  readonly recordId: string;
  readonly externalId: string | null;
  readonly kind: 'create' | 'update' | 'delete';
  readonly changes: Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;
  readonly client: string | null;
  /** W3C trace context that the call carried. */
  readonly traceparent: string | null;
}

export interface CountedCalls {
  readonly method: string;
  /** Below the root of the version; ids left out. */
  readonly resource: string;
  readonly status: number;
  readonly calls: number;
  /** Records that were written or read. */
  readonly records: number;
}

export interface CrmWrites {
  readonly effective: readonly CrmWrite[];
  readonly counts: { readonly effective: number; readonly repeats: number; readonly refused: number };
}

/** The control door of the CRM twin: what it holds, what it counted, and what was there before. */
export class CrmTwin {
  constructor(readonly url: string) {}

  async isReady(): Promise<boolean> {
    return (await callJson('GET', `${this.url}/control/health`)).status === 200;
  }

  /** Inserts records as an administrator would; not counted as writes. Answers the id of each by its `referenceId`. */
  async seed(records: readonly SeedRecord[]): Promise<Readonly<Record<string, string>>> {
    const { ids } = await askJson<{ ids: Record<string, string> }>('POST', `${this.url}/control/seed`, {
      body: { records },
    });
    return ids;
  }

  /** From here on the validation rules of our package hold, as in every org that has installed it. */
  async enforceRules(): Promise<void> {
    await askJson('PUT', `${this.url}/control/rules`, { body: { validationRules: true } });
  }

  /** Records of an object with all their fields; only those whose field has the value, when one is given. */
  async records(
    object: string,
    where?: { readonly field: string; readonly value: string },
  ): Promise<readonly CrmRecord[]> {
    const query = where === undefined ? '' : `?${where.field}=${encodeURIComponent(where.value)}`;
    const answer = await askJson<unknown>('GET', `${this.url}/control/records/${object}${query}`, {
      timeoutMs: longAnswerMs,
    });
    const rows = Array.isArray(answer) ? answer : (answer as { records?: unknown }).records;
    if (!Array.isArray(rows)) throw new Error(`The CRM twin answered no list of ${object}.`);
    return rows as readonly CrmRecord[];
  }

  /** Writes that changed something, oldest first. */
  writes(): Promise<CrmWrites> {
    return askJson('GET', `${this.url}/control/writes`, { timeoutMs: longAnswerMs });
  }

  /** How many channels are being listened to. */
  async listeners(): Promise<number> {
    return (await askJson<{ streams: number }>('GET', `${this.url}/control/events`)).streams;
  }

  /** The calls that it answered, by method, resource and status; each counted as the vendor counts (§2.4). */
  async calls(): Promise<readonly CountedCalls[]> {
    return (await askJson<{ calls: readonly CountedCalls[] }>('GET', `${this.url}/control/calls`)).calls;
  }

  /** How often each kind of trouble struck. */
  async fired(): Promise<Readonly<Record<string, number>>> {
    return (await askJson<{ fired: Record<string, number> }>('GET', `${this.url}/control/chaos`)).fired;
  }

  async setChaos(switches: Readonly<Record<string, unknown>>): Promise<void> {
    await askJson('PUT', `${this.url}/control/chaos`, { body: switches });
  }
}
