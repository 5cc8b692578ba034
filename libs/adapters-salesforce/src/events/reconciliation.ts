import type { CrmChannel, FeedDelivery } from '@tandem/domain';
import { parsedJson, textAt, valueAt } from '../json.js';
import type { SalesforceConnection } from '../salesforce-connection.js';
import { pagesOfQuery } from '../soql.js';

/** Clocks differ, and a commit is older than its time of modification by up to the length of its transaction. Milliseconds. */
const OVERLAP_MS = 10 * 60_000;

/** Deleted records too; it may wait, for the place where it was lost is kept. */
const LOOKING = { resource: 'queryAll', priority: 'background' } as const;

/** The objects whose changes we follow, and how the org calls their change channel (§3.1). */
const OBJECTS = ['Account', 'Contact', 'Order'] as const;
type Followed = (typeof OBJECTS)[number];

export interface Overflow {
  readonly since: Date;
}

/** Finds what changed by looking at the records, where the events cannot tell. Deleted records are told of too, for as long as the org keeps them. */
export class Reconciliation {
  constructor(private readonly connection: SalesforceConnection) {}

  async *changedSince(channel: CrmChannel, since: Date): AsyncGenerator<readonly FeedDelivery[]> {
    const from = new Date(since.getTime() - OVERLAP_MS).toISOString();
    for (const object of objectsOf(channel.name)) {
      const soql = `SELECT Id, IsDeleted, SystemModstamp FROM ${object} WHERE SystemModstamp >= ${from} ORDER BY SystemModstamp, Id`;
      for await (const rows of pagesOfQuery(this.connection, soql, LOOKING)) {
        yield rows.map((row) => lookedAt(channel.name, object, row));
      }
    }
  }

  /** §3.1: more than 100,000 changes in one transaction are told by one event without a record. */
  overflowIn({ headers, body }: FeedDelivery): Overflow | undefined {
    if (headers['content-type'] !== 'application/json') return undefined;
    const header = valueAt(parsedJson(Buffer.from(body).toString('utf8')), 'ChangeEventHeader');
    const committed = valueAt(header, 'commitTimestamp');
    return textAt(header, 'changeType') === 'GAP_OVERFLOW' && typeof committed === 'number'
      ? { since: new Date(committed) }
      : undefined;
  }
}

/** A channel of its own for one object, or one for several; none for the events that we define ourselves. */
function objectsOf(channel: string): readonly Followed[] {
  const [, named] = /^\/data\/(\w+)ChangeEvent$/.exec(channel) ?? [];
  if (named) return OBJECTS.filter((object) => object === named);
  return channel.startsWith('/data/') ? OBJECTS : [];
}

function lookedAt(channel: string, object: Followed, row: unknown): FeedDelivery {
  const body = {
    LookedAt: {
      entityName: object,
      recordId: textAt(row, 'Id'),
      modifiedAt: textAt(row, 'SystemModstamp'),
      isDeleted: valueAt(row, 'IsDeleted') === true,
    },
  };
  return {
    headers: { 'crm-channel': channel, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
