import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

const base = '/services/data/v67.0/sobjects';
const account = (referenceId: string, Name: string | null, more: Record<string, unknown> = {}) => ({
  ...{ method: 'POST', url: `${base}/Account`, referenceId },
  body: { Name, ...more },
});
const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

describe('Composite graph of the Salesforce twin (§2.5)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const graph = (...graphs: { graphId: string; compositeRequest: unknown[] }[]) =>
    twin.call('POST', '/composite/graph', { graphs });
  const accounts = async () => member((await twin.control('GET', 'records/Account')).body, 'records.length');

  it('writes an order with its parts as one, by references, and as one call', async () => {
    const { account: accountId, book, entry } = await twin.seed(anOrder('O1'));
    await twin.control('POST', 'calls/reset');
    const answer = await graph({
      graphId: 'order-2',
      compositeRequest: [
        {
          ...{ method: 'POST', url: `${base}/OrderItem`, referenceId: 'line' },
          body: { OrderId: '@{order.id}', PricebookEntryId: entry, Quantity: 1, UnitPrice: 40 },
        },
        {
          ...{ method: 'PATCH', url: `${base}/Order/OMS_Order_Key__c/O2`, referenceId: 'order' },
          body: { AccountId: accountId, Pricebook2Id: book, EffectiveDate: '2026-11-02', Status: 'Draft' },
        },
      ],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        graphs: [
          {
            graphId: 'order-2',
            isSuccessful: true,
            graphResponse: {
              compositeResponse: [
                { referenceId: 'line', httpStatusCode: 201 },
                { referenceId: 'order', httpStatusCode: 201, body: { created: true } },
              ],
            },
          },
        ],
      },
    });
    expect((await twin.control('GET', 'calls')).body).toMatchObject({
      kinds: [{ kind: 'graph', writes: true, calls: 1, records: 2 }],
      writes: { calls: 1, objects: { Order: { calls: 1 }, OrderItem: { calls: 1 } } },
    });
  });

  it('undoes the graph that fails, and keeps its neighbour', async () => {
    const answer = await graph(
      {
        graphId: 'bad',
        compositeRequest: [account('kept', 'Kept?'), account('failed', null, { ParentId: '@{kept.id}' })],
      },
      { graphId: 'good', compositeRequest: [account('one', 'One')] },
    );
    expect(answer.body).toMatchObject({
      graphs: [
        {
          isSuccessful: false,
          graphResponse: {
            compositeResponse: [
              { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
              { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
            ],
          },
        },
        { isSuccessful: true, graphResponse: { compositeResponse: [{ httpStatusCode: 201 }] } },
      ],
    });
    expect(await accounts()).toBe(1);
  });

  it('halts the graphs behind the fifteenth that failed', async () => {
    const bad = many(15, (n) => ({ graphId: `bad${n}`, compositeRequest: [account('a', null)] }));
    const answer = await graph(...bad, { graphId: 'late', compositeRequest: [account('a', 'Late')] });
    expect(member(answer.body, 'graphs.15')).toMatchObject({
      isSuccessful: false,
      graphResponse: { compositeResponse: [{ body: [{ errorCode: 'PROCESSING_HALTED' }] }] },
    });
    expect(await accounts()).toBe(0);
  });

  const one = (compositeRequest: unknown[], graphId = 'g') => [{ graphId, compositeRequest }];
  const chain = (length: number) =>
    many(length, (n) => account(`a${n}`, `A${n}`, n === 0 ? {} : { ParentId: `@{a${n - 1}.id}` }));

  it.each([
    ['501 nodes', one(many(501, (n) => account(`a${n}`, 'A')))],
    ['76 graphs', many(76, (n) => ({ graphId: `g${n}`, compositeRequest: [account('a', 'A')] }))],
    ['16 levels', one(chain(16))],
    [
      'a way back to itself',
      one([account('a', 'A', { ParentId: '@{b.id}' }), account('b', 'B', { ParentId: '@{a.id}' })]),
    ],
    ['a graphId with a dot', one([account('a', 'A')], 'order.1')],
    ['a graphId of 40 characters', one([account('a', 'A')], 'g'.repeat(40))],
    ['a query', one([{ method: 'GET', url: '/services/data/v67.0/query?q=x', referenceId: 'q' }])],
    ['a collection', one([{ method: 'POST', url: '/services/data/v67.0/composite/sobjects', referenceId: 'q' }])],
  ])('refuses %s as a whole', async (_what, graphs) => {
    expect((await graph(...graphs)).status).toBe(400);
    expect(await accounts()).toBe(0);
  });

  it('takes 500 nodes in 75 graphs, and 15 levels', async () => {
    expect((await graph(...one(chain(15)))).body).toMatchObject({ graphs: [{ isSuccessful: true }] });
    const graphs = many(75, (n) => ({
      graphId: `g${n}`,
      compositeRequest: many(n < 50 ? 7 : 6, (node) => account(`a${node}`, `A${n}`)),
    }));
    expect((await graph(...graphs)).status).toBe(200);
    expect(await accounts()).toBe(515);
  });
});
