import type { CrmCallKind, HeardCall, HeardCollection } from '@tandem/domain/testing';

type Json = Readonly<Record<string, unknown>>;

const recordsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** One request within a call; a call that is not composite is one of itself. */
export interface Part {
  readonly method: string;
  readonly url: string;
  readonly records: readonly Json[];
}

export interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export function partsOf({ method, url, body }: Incoming): readonly Part[] {
  const json = (typeof body === 'object' && body !== null ? body : {}) as Json;
  const parts = recordsOf(json['compositeRequest']);
  if (parts.length === 0) return [{ method, url, records: recordsOf(json['records']) }];
  return parts.map((part) => ({
    method: String(part['method']),
    url: String(part['url']),
    records: recordsOf((part['body'] as Json | undefined)?.['records']),
  }));
}

function kindOf(call: Incoming): CrmCallKind {
  if (call.url.startsWith('/services/oauth2/token')) return 'sign-in';
  if (/\/query(?:All)?\/[^?]/.test(call.url)) return 'next-page';
  const parts = partsOf(call);
  if (parts.some(({ method, url }) => method !== 'GET' && !url.endsWith('/composite'))) return 'write';
  if (parts.some(({ url }) => /\/query(?:All)?\?/.test(url))) return 'read';
  return parts.some(({ url }) => url.endsWith('/describe')) ? 'describe' : 'any';
}

export function heardCall(host: HeardCall['host'], call: Incoming): HeardCall {
  const kind = kindOf(call);
  return {
    kind,
    host,
    apiVersion: /\/services\/data\/v([\d.]+)\//.exec(call.url)?.[1],
    client: /client=([^;,]+)/.exec(String(call.headers['sforce-call-options'] ?? ''))?.[1],
    collections: kind === 'write' ? partsOf(call).map(collectionOf) : [],
  };
}

function collectionOf({ url, records }: Part): HeardCollection {
  const [first] = records;
  const typed = (first?.['attributes'] as Json | undefined)?.['type'];
  return {
    object: typeof typed === 'string' ? typed : (/sobjects\/(\w+)/.exec(url)?.[1] ?? ''),
    records: records.map((record) => ({ fields: Object.keys(record).filter((name) => name !== 'attributes') })),
  };
}
