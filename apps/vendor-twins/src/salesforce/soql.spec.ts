import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('SOQL of the Salesforce twin (§2.6)', () => {
  let twin: TwinFixture;
  let ids: Record<string, string>;
  beforeAll(async () => {
    twin = await startTwin();
    ids = await twin.seed([
      ...anOrder('O1', { OrderedDate: '2026-11-02T10:20:30+01:00', OMS_Status__c: 'Open' }),
      {
        attributes: { type: 'Order', referenceId: 'second' },
        AccountId: '@account',
        EffectiveDate: '2026-11-05',
        Status: 'Draft',
        OMS_Order_Key__c: "O'2\\",
        OMS_Version__c: 7,
      },
    ]);
  });
  afterAll(() => twin.close());

  const keys = async (where: string) => {
    const { status, body } = await twin.query(`SELECT OMS_Order_Key__c FROM Order ${where}`);
    const records: unknown = member(body, 'records');
    return status === 200 && Array.isArray(records)
      ? records.map((record) => member(record, 'OMS_Order_Key__c'))
      : body;
  };

  it('shows fields, parents up to several levels and children in the vendor’s shape', async () => {
    const soql =
      'SELECT Id, OrderedDate, Account.Name, SalesChannel.ExternalChannelNumber, ' +
      '(SELECT Quantity, Product2.StockKeepingUnit, PricebookEntry.Pricebook2.Name FROM OrderItems), (SELECT Id FROM OMS_Shipments__r) ' +
      "FROM Order WHERE OMS_Order_Key__c = 'O1'";
    const { body } = await twin.query(soql);
    expect(body).toEqual({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Order', url: `/services/data/v67.0/sobjects/Order/${ids['order']}` },
          Id: ids['order'],
          OrderedDate: '2026-11-02T09:20:30.000+0000',
          Account: {
            attributes: { type: 'Account', url: expect.stringContaining(ids['account'] ?? '-') },
            Name: 'Juniper Home',
          },
          SalesChannel: null,
          OrderItems: {
            totalSize: 1,
            done: true,
            records: [
              {
                attributes: { type: 'OrderItem', url: expect.any(String) },
                Quantity: 2,
                Product2: { attributes: expect.anything(), StockKeepingUnit: 'SKU-O1' },
                PricebookEntry: {
                  attributes: expect.anything(),
                  Pricebook2: { attributes: expect.anything(), Name: 'Retail' },
                },
              },
            ],
          },
          OMS_Shipments__r: null,
        },
      ],
    });
  });

  it.each([
    ["WHERE OMS_Order_Key__c = 'o1'", ['O1']],
    ["WHERE OMS_Order_Key__c = 'O\\'2\\\\'", ["O'2\\"]],
    ["WHERE OMS_Order_Key__c IN ('O1', 'O3')", ['O1']],
    ["WHERE OMS_Order_Key__c NOT IN ('O1')", ["O'2\\"]],
    ["WHERE OMS_Order_Key__c LIKE 'o%2_'", ["O'2\\"]],
    ['WHERE OMS_Status__c = null AND OMS_Version__c != null', ["O'2\\"]],
    ['WHERE OMS_Version__c > 6.5', ["O'2\\"]],
    ['WHERE OMS_Version__c < 7 OR OMS_Version__c = 7', ["O'2\\"]],
    ["WHERE OMS_Order_Key__c = 'O1' OR OMS_Version__c = 7", ['O1', "O'2\\"]],
    ['WHERE EffectiveDate >= 2026-11-05', ["O'2\\"]],
    ['WHERE OrderedDate <= 2026-11-02T09:20:30Z', ['O1']],
    ["WHERE NOT (OMS_Status__c = 'Open' OR OMS_Version__c = 1)", ["O'2\\"]],
    ["WHERE Account.Name = 'Juniper Home' AND (OMS_Status__c = 'Open' OR OMS_Version__c = 9)", ['O1']],
    ['WHERE Id IN (SELECT OrderId FROM OrderItem WHERE Quantity = 2)', ['O1']],
    ['WHERE IsReductionOrder = false ORDER BY OMS_Version__c DESC NULLS LAST', ["O'2\\", 'O1']],
    ['ORDER BY OMS_Version__c LIMIT 1', ['O1']],
    ['ORDER BY OMS_Order_Key__c DESC LIMIT 1 OFFSET 1', ["O'2\\"]],
  ])('selects by %s', async (where, expected) => {
    expect(await keys(where)).toEqual(expected);
  });

  it('follows an alias through every clause', async () => {
    const { body } = await twin.query(
      "SELECT o.Id, o.Account.Name FROM Order o WHERE o.OMS_Status__c = 'Open' ORDER BY o.Name",
    );
    expect(body).toMatchObject({ records: [{ Id: ids['order'], Account: { Name: 'Juniper Home' } }] });
  });

  it('finds by 15- and 18-character ids', async () => {
    expect(await keys(`WHERE Id = '${ids['order']?.slice(0, 15)}'`)).toEqual(['O1']);
    expect(await keys(`WHERE AccountId = '${ids['account']}' AND OMS_Version__c = 7`)).toEqual(["O'2\\"]);
  });

  it('counts, and lists all fields under a limit', async () => {
    expect((await twin.query('SELECT COUNT() FROM Order')).body).toEqual({ totalSize: 2, done: true, records: [] });
    expect(member((await twin.query('SELECT FIELDS(CUSTOM) FROM Order LIMIT 1')).body, 'records.0')).toHaveProperty(
      'OMS_Status__c',
    );
    expect((await twin.query('SELECT FIELDS(ALL) FROM Order')).status).toBe(400);
  });

  it.each([
    ['MALFORMED_QUERY', 'SELECT FROM Order'],
    ['MALFORMED_QUERY', "SELECT Id FROM Order WHERE Name = 'a' AND Name = 'b' OR Name = 'c'"],
    ['INVALID_TYPE', 'SELECT Id FROM Shipment'],
    ['INVALID_TYPE', 'SELECT Id, (SELECT Id FROM Nothing) FROM Order'],
    ['INVALID_FIELD', 'SELECT Nope FROM Order'],
    ['INVALID_FIELD', 'SELECT Nope__r.Name FROM Order'],
    ['INVALID_FIELD', "SELECT Id FROM Order WHERE OMS_Version__c = '7'"],
    ['INVALID_FIELD', 'SELECT Id FROM Order WHERE OMS_Status__c = 7'],
    ['INVALID_FIELD', "SELECT Id FROM Order WHERE OrderedDate > '2026-01-01T00:00:00Z'"],
  ])('refuses with %s: %s', async (errorCode, soql) => {
    expect(await twin.query(soql)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  it('says that a query is beyond the twin, rather than answering it wrong', async () => {
    expect(await twin.query('SELECT Status, COUNT(Id) FROM Order GROUP BY Status')).toMatchObject({
      status: 501,
      body: [{ errorCode: 'TWIN_NOT_BUILT' }],
    });
  });

  it('keeps deleted rows for queryAll only', async () => {
    const { gone = '' } = await twin.seed([{ attributes: { type: 'Account', referenceId: 'gone' }, Name: 'Gone' }]);
    await twin.call('DELETE', `/sobjects/Account/${gone}`);
    const path = (resource: string) =>
      `/${resource}?q=${encodeURIComponent("SELECT IsDeleted FROM Account WHERE Name = 'Gone'")}`;
    expect((await twin.call('GET', path('query'))).body).toMatchObject({ totalSize: 0 });
    expect((await twin.call('GET', path('queryAll'))).body).toMatchObject({ records: [{ IsDeleted: true }] });
  });

  it('pages by nextRecordsUrl, and refuses a locator it does not hold or held two days ago', async () => {
    let now = new Date('2026-11-02T00:00:00Z');
    const clocked = await startTwin({ now: () => now });
    await clocked.seed(
      Array.from({ length: 450 }, (_, n) => ({
        attributes: { type: 'Location' },
        Name: `L${n}`,
        LocationType: 'Store',
      })),
    );
    const first = await clocked.query('SELECT Name FROM Location', { 'sforce-query-options': 'batchSize=200' });
    expect(first.body).toMatchObject({
      totalSize: 450,
      done: false,
      nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v67\.0\/query\/01g\w{15}-200$/),
    });
    const nextOf = (body: unknown) => String(member(body, 'nextRecordsUrl')).replace('/services/data/v67.0', '');
    const second = await clocked.call('GET', nextOf(first.body));
    const third = await clocked.call('GET', nextOf(second.body));
    expect(third.body).toMatchObject({ totalSize: 450, done: true });
    expect(member(third.body, 'records.49.Name')).toBe('L449');
    now = new Date('2026-11-04T00:00:01Z');
    await clocked.login();
    expect(await clocked.call('GET', nextOf(first.body))).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }],
    });
    await clocked.close();
  });
});
