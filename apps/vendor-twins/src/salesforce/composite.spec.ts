import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

const base = '/services/data/v67.0';
const create = (referenceId: string, Name: string | null, more: Record<string, unknown> = {}) => ({
  method: 'POST',
  url: `${base}/sobjects/Account`,
  referenceId,
  body: { Name, ...more },
});

describe('Composite of the Salesforce twin (§2.4)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const composite = (compositeRequest: unknown[], more: Record<string, unknown> = {}) =>
    twin.call('POST', '/composite', { compositeRequest, ...more });
  const names = async () => {
    const { body } = await twin.query('SELECT Name FROM Account ORDER BY CreatedDate');
    const records: unknown = member(body, 'records');
    return Array.isArray(records) ? records.map((record: unknown) => String(member(record, 'Name'))) : [];
  };

  it('hands earlier answers to later subrequests by reference, in url and body, as one API call', async () => {
    const before = (await twin.call('GET', '/limits')).headers.get('sforce-limit-info');
    const answer = await composite([
      create('parent', 'Parent'),
      create('child', 'Child', { ParentId: '@{parent.id}' }),
      { method: 'GET', url: `${base}/sobjects/Account/@{child.id}?fields=ParentId`, referenceId: 'shown' },
      {
        method: 'GET',
        url: `${base}/query?q=SELECT+Id+FROM+Account+WHERE+ParentId='@{parent.id}'`,
        referenceId: 'found',
      },
      {
        method: 'PATCH',
        url: `${base}/sobjects/Account/@{found.records[0].Id}`,
        referenceId: 'last',
        body: { Phone: '1' },
      },
    ]);
    expect(answer.status).toBe(200);
    const responses = member(answer.body, 'compositeResponse');
    expect(responses).toMatchObject([
      {
        referenceId: 'parent',
        httpStatusCode: 201,
        httpHeaders: { Location: expect.stringContaining('/Account/001') },
      },
      { referenceId: 'child', httpStatusCode: 201 },
      { referenceId: 'shown', httpStatusCode: 200, body: { ParentId: member(responses, '0.body.id') } },
      { referenceId: 'found', httpStatusCode: 200, body: { totalSize: 1 } },
      { referenceId: 'last', httpStatusCode: 204, body: null },
    ]);
    const used = Number(/=(\d+)/.exec(before ?? '')?.[1]);
    expect(answer.headers.get('sforce-limit-info')).toBe(`api-usage=${used + 1}/100000`);
  });

  it('runs independent subrequests in another order unless collation is off, and answers in the order asked', async () => {
    const asked = Array.from({ length: 12 }, (_, n) => `A${n}`);
    const subrequests = asked.map((name) => create(name, name));
    const answer = await composite(subrequests);
    const sequence = async () => {
      const { body } = await twin.control('GET', 'writes?object=Account');
      const writes: unknown = member(body, 'effective');
      return Array.isArray(writes) ? writes.map((write: unknown) => member(write, 'changes.Name.to')) : [];
    };
    const scrambled = await sequence();
    expect(scrambled).not.toEqual(asked);
    expect([...scrambled].sort()).toEqual([...asked].sort());
    expect(member(answer.body, 'compositeResponse.11.referenceId')).toBe('A11');
    await twin.control('POST', 'reset');
    await composite(subrequests, { collateSubrequests: false });
    expect(await sequence()).toEqual(asked);
  });

  it('halts and undoes everything under allOrNone', async () => {
    const answer = await composite([create('good', 'Good'), create('bad', null), create('late', 'Late')], {
      allOrNone: true,
      collateSubrequests: false,
    });
    expect(answer.status).toBe(200);
    expect(member(answer.body, 'compositeResponse')).toMatchObject([
      {
        httpStatusCode: 400,
        body: [{ errorCode: 'PROCESSING_HALTED', message: expect.stringMatching(/^The transaction was rolled back/) }],
      },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
    ]);
    expect(await names()).toEqual([]);
  });

  it('shows an inner collection as a success although the outer rollback undid it', async () => {
    const inner = {
      method: 'POST',
      url: `${base}/composite/sobjects`,
      referenceId: 'inner',
      body: { records: [{ attributes: { type: 'Account' }, Name: 'Inner' }] },
    };
    const answer = await composite([inner, create('bad', null)], { allOrNone: true, collateSubrequests: false });
    expect(member(answer.body, 'compositeResponse.0')).toMatchObject({
      httpStatusCode: 200,
      body: [{ success: true }],
    });
    expect(await names()).toEqual([]);
  });

  it('keeps what succeeded without allOrNone, and halts what refers to a failure', async () => {
    const answer = await composite([
      create('good', 'Good'),
      create('bad', null),
      create('child', 'Child', { ParentId: '@{bad.id}' }),
    ]);
    expect(member(answer.body, 'compositeResponse')).toMatchObject([
      { httpStatusCode: 201 },
      { httpStatusCode: 400 },
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
    ]);
    expect(await names()).toEqual(['Good']);
  });

  it.each([
    ['a 26th subrequest', Array.from({ length: 26 }, (_, n) => create(`a${n}`, 'A'))],
    [
      'a 6th query',
      Array.from({ length: 6 }, (_, n) => ({ method: 'GET', url: `${base}/query?q=x`, referenceId: `q${n}` })),
    ],
    ['a reference id with a hyphen', [create('not-so', 'A')]],
    ['a Content-Type on a subrequest', [{ ...create('a', 'A'), httpHeaders: { 'Content-Type': 'application/json' } }]],
  ])('refuses the whole request for %s', async (_what, subrequests) => {
    expect((await composite(subrequests)).status).toBe(400);
    expect(await names()).toEqual([]);
  });
});
