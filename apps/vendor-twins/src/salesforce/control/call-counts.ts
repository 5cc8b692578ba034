/** One call as it was answered. */
export interface CountedCall {
  method: string;
  /** without record ids and key values */
  resource: string;
  status: number;
  /** carried either way */
  records: number;
  /** writes that it tried, by object type: each record counts once a try */
  written: ReadonlyMap<string, number>;
}

/** What a resource is for: a composite or graph is one call, whatever it holds (§2.4, §2.5). */
export type CallKind = 'row' | 'collection' | 'composite' | 'graph' | 'bulk' | 'query' | 'token' | 'other';

interface Tally {
  calls: number;
  records: number;
}

const starts: readonly [string, CallKind][] = [
  ['/sobjects/', 'row'],
  ['/composite/sobjects', 'collection'],
  ['/composite/graph', 'graph'],
  ['/composite', 'composite'],
  ['/jobs/', 'bulk'],
  ['/query', 'query'],
  ['/services/oauth2/token', 'token'],
];

/** API calls as the twin answered them, for tests that hold a client to a number of calls. */
export class CallCounts {
  private tallies = new Map<string, Tally>();
  private kinds = new Map<string, Tally>();
  private objects = new Map<string, Tally>();
  private writes = { calls: 0, records: 0, refused: 0 };

  add({ method, resource, status, records, written }: CountedCall) {
    const kind = starts.find(([start]) => resource.startsWith(start))?.[1] ?? 'other';
    const isWrite = written.size > 0 || writesByItself(method, resource, kind);
    const attempted = [...written.values()].reduce((sum, count) => sum + count, 0);
    tally(this.tallies, [method, resource, String(status)].join(' '), records);
    tally(this.kinds, [kind, isWrite ? 'write' : 'read', status >= 400 ? 'refused' : 'answered'].join(' '), records);
    for (const [object, count] of written) tally(this.objects, object, count);
    if (!isWrite) return;
    this.writes.calls += 1;
    this.writes.records += attempted;
    if (status >= 400) this.writes.refused += 1;
  }

  /**
   * `calls` by method, resource and status; `kinds` by what they are for; `writes` are the calls that write, refused ones
   * included, with the records that they tried to write, and by object type the calls that touched it.
   */
  read() {
    return {
      calls: [...this.tallies].map(([key, counted]) => {
        const [method, resource, status] = key.split(' ');
        return { method, resource, status: Number(status), ...counted };
      }),
      kinds: [...this.kinds].map(([key, counted]) => {
        const [kind, way, outcome] = key.split(' ');
        return { kind, writes: way === 'write', refused: outcome === 'refused', ...counted };
      }),
      writes: { ...this.writes, objects: Object.fromEntries(this.objects) },
    };
  }

  clear() {
    this.tallies = new Map();
    this.kinds = new Map();
    this.objects = new Map();
    this.writes = { calls: 0, records: 0, refused: 0 };
  }
}

/** Also a call that was refused before a record was looked at; a composite writes only through what is in it. */
function writesByItself(method: string, resource: string, kind: CallKind): boolean {
  if (kind === 'row' || kind === 'bulk') return method !== 'GET' && !resource.startsWith('/jobs/query');
  return kind === 'collection' && method !== 'GET' && (method !== 'POST' || resource === '/composite/sobjects');
}

function tally(among: Map<string, Tally>, key: string, records: number) {
  const { calls, records: before } = among.get(key) ?? { calls: 0, records: 0 };
  among.set(key, { calls: calls + 1, records: before + records });
}
