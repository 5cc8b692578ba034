import {
  CrmOrderBook,
  crmOrderId,
  orderKey,
  recordNamed,
  type CrmOrderId,
  type FieldValue,
  type FieldValues,
  type OrderNumber,
  type ProjectedKind,
  type ShownOrder,
  type SiteProfile,
} from '@tandem/domain';
import { composite, MAX_QUERIES_AND_COLLECTIONS } from './composite.js';
import { textAt, valueAt } from './json.js';
import { SUMMARY_SHAPES } from './mapping/order-management-fields.js';
import { SHAPES, type Shapes } from './mapping/projected-fields.js';
import { instantIn, isRecordId, valueOf } from './mapping/row.js';
import type { Described, OrgSchema } from './org-schema.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { errorsIn, faultOfErrors } from './salesforce-faults.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { chunkedIn, pagesFrom } from './soql.js';

/** One kind of record as this org can show it. */
interface Readable {
  readonly kind: ProjectedKind;
  readonly object: string;
  /** The field that tells records apart. */
  readonly key: string;
  readonly ofOrder: string;
  /** From our names to the org's, without those that it does not have. */
  readonly fields: readonly (readonly [ours: string, theirs: string, Described])[];
}

/** It may wait: nobody stands before an order and waits for it. */
const READING = { priority: 'background' } as const;

/** What orders show, by SOQL: one query for each kind of record, five of them in a call. */
export class SalesforceOrderBook extends CrmOrderBook {
  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async read(site: SiteProfile, ids: readonly CrmOrderId[]): Promise<ReadonlyMap<CrmOrderId, ShownOrder>> {
    const readable = await this.readable(site);
    const asked = [...new Set(ids)].filter(isRecordId);
    const shown = new ShownRecords(asked);
    const queries = readable.flatMap((kind) => queriesFor(kind, asked).map((soql) => ({ kind, soql })));
    for await (const [kind, rows] of this.pages(site, queries)) shown.take(kind, rows);
    return shown.orders(new Set(readable.map(({ kind }) => kind)));
  }

  override async named(
    site: SiteProfile,
    numbers: readonly OrderNumber[],
  ): Promise<ReadonlyMap<OrderNumber, CrmOrderId>> {
    const keys = new Map(numbers.map((number) => [orderKey(site.id, number), number]));
    const found = new Map<OrderNumber, CrmOrderId>();
    const queries = (await this.readable(site)).flatMap((kind) => {
      const field = KEYS[kind.kind];
      if (field === undefined) return [];
      const soql = `SELECT ${field}, ${kind.ofOrder} FROM ${kind.object} WHERE ${field}`;
      return chunkedIn(soql, [...keys.keys()]).map((one) => ({ kind, soql: one }));
    });
    for await (const [{ kind, ofOrder }, rows] of this.pages(site, queries)) {
      for (const row of rows) {
        const number = keys.get(textAt(row, KEYS[kind] ?? '') ?? '');
        const order = valueOf(row, ofOrder);
        if (number !== undefined && typeof order === 'string') found.set(number, crmOrderId(order));
      }
    }
    return found;
  }

  private async readable({ crmOrg, crmModel }: SiteProfile): Promise<readonly Readable[]> {
    const shapes = crmModel === 'order-management' ? SUMMARY_SHAPES : SHAPES;
    return readableIn(await this.orgs.schemaOf(crmOrg), shapes);
  }

  /** All pages of the queries, as many queries in a call as it takes. */
  private async *pages({ crmOrg }: SiteProfile, queries: readonly Query[]): AsyncGenerator<Page> {
    const connection = this.orgs.of(crmOrg);
    for (let at = 0; at < queries.length; at += MAX_QUERIES_AND_COLLECTIONS) {
      const some = queries.slice(at, at + MAX_QUERIES_AND_COLLECTIONS);
      const answers = await answersTo(
        connection,
        some.map(({ soql }) => soql),
      );
      for (const [position, { kind }] of some.entries()) {
        for await (const rows of pagesFrom(connection, answers[position], READING)) yield [kind, rows];
      }
    }
  }
}

interface Query {
  readonly kind: Readable;
  readonly soql: string;
}

type Page = readonly [kind: Readable, rows: readonly unknown[]];

/** The fields that hold what the OMS calls an order, or a return of one. */
const KEYS: Readonly<Partial<Record<ProjectedKind, string | undefined>>> = {
  order: SHAPES.order.fields.key,
  return: SHAPES.return.externalId,
};

/** Records as they come, gathered by their order. Ids may be asked with 15 characters and answered with 18 (§2.10). */
class ShownRecords {
  private readonly asked: ReadonlyMap<string, CrmOrderId>;
  private readonly found = new Map<CrmOrderId, Record<string, FieldValues>>();

  constructor(ids: readonly CrmOrderId[]) {
    this.asked = new Map(ids.map((id) => [id.slice(0, 15), id]));
  }

  take({ kind, key, ofOrder, fields }: Readable, rows: readonly unknown[]): void {
    for (const row of rows) {
      const order = this.asked.get(String(valueOf(row, ofOrder)).slice(0, 15));
      const id = kind === 'order' ? order : textAt(row, key);
      // A record without our key is none of ours.
      if (!order || id === undefined) continue;
      const records = this.found.get(order) ?? {};
      this.found.set(order, records);
      records[recordNamed(kind, id)] = Object.fromEntries(
        fields.map(([ours, theirs, { type }]) => [ours, shownValue(valueAt(row, theirs), type)]),
      );
    }
  }

  /** Without the orders that the org does not have: what may be left of their parts shows nothing. */
  orders(kinds: ReadonlySet<ProjectedKind>): ReadonlyMap<CrmOrderId, ShownOrder> {
    const there = [...this.found].filter(([order, records]) => Object.hasOwn(records, recordNamed('order', order)));
    return new Map(there.map(([order, records]) => [order, { records, kinds }]));
  }
}

function readableIn(schema: OrgSchema, shapes: Shapes): readonly Readable[] {
  return Object.entries(shapes).flatMap(([name, { object, externalId, ofOrder, fields }]) => {
    const key = externalId ?? 'Id';
    const [relation = ''] = ofOrder.split('.');
    const needed = [key, relation].filter((field) => field !== 'Id').map((field) => `${object}.${field}`);
    if (![object, ...needed].every((subject) => schema.has(subject))) return [];
    const there = Object.entries<string>(fields).flatMap(([ours, theirs]) => {
      const described = schema.get(`${object}.${theirs}`);
      return described ? [[ours, theirs, described] as const] : [];
    });
    // Of a table whose keys are the kinds; the compiler knows the values of it only.
    return [{ kind: name as ProjectedKind, object, key, ofOrder, fields: there }];
  });
}

function queriesFor({ object, key, ofOrder, fields }: Readable, ids: readonly CrmOrderId[]): readonly string[] {
  const asked = new Set([key, ofOrder, ...fields.map(([, theirs]) => theirs)]);
  return chunkedIn(`SELECT ${[...asked].join(', ')} FROM ${object} WHERE ${ofOrder}`, ids);
}

/** The first page of each. */
async function answersTo(connection: SalesforceConnection, queries: readonly string[]): Promise<readonly unknown[]> {
  const parts = queries.map((soql) => ({
    method: 'GET' as const,
    url: connection.path(`query?q=${encodeURIComponent(soql)}`),
  }));
  const answers = await composite(connection, 'read-shown-orders', parts, READING);
  return answers.map(({ status, body }) => {
    if (status >= 300) throw faultOfErrors(errorsIn(body), status);
    return body;
  });
}

function shownValue(value: unknown, type: string): FieldValue {
  if (typeof value === 'string') return type === 'datetime' ? instantIn(value) : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
