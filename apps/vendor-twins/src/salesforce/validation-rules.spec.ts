import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFormula } from './org/rules/formula-reader.js';
import { anOrder, client, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('Validation rules of the package, kept by the Salesforce twin (§2.9, §8 item 10)', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  const enforce = (org: TwinFixture) => org.control('PUT', 'rules', { validationRules: true });
  beforeEach(async () => {
    await twin.control('POST', 'reset');
    await twin.login();
    await enforce(twin);
  });

  it('refuses an older version of an order, and lets the same and a later one pass', async () => {
    const { order } = await twin.seed(anOrder('O1', { OMS_Version__c: 5 }));
    const path = `/sobjects/Order/${order}`;
    expect(await twin.call('PATCH', path, { OMS_Version__c: 4, OMS_Status__c: 'Old' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: expect.stringMatching(/^STALE_UPDATE/) }],
    });
    for (const version of [5, 6])
      expect((await twin.call('PATCH', path, { OMS_Version__c: version })).status).toBe(204);
    expect((await twin.call('PATCH', path, { OMS_Version__c: null })).status).toBe(400);
  });

  it('lets the middleware answer a request, and nobody who has not its permission', async () => {
    const agents = await startTwin({ clients: [{ ...client, permissionSets: [] }] });
    try {
      for (const { org, status } of [
        { org: twin, status: 201 },
        { org: agents, status: 400 },
      ]) {
        await enforce(org);
        await org.seed(anOrder('O1'));
        const body = { Order__r: { OMS_Order_Key__c: 'O1' }, Action__c: 'Cancel', Status__c: 'Accepted' };
        const answer = await org.call('POST', '/sobjects/OMS_Action_Request__c', { ...body, Request_Key__c: 'R1' });
        expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
      }
    } finally {
      await agents.close();
    }
  });

  it('lets everything pass while they are off', async () => {
    await twin.control('PUT', 'rules', { validationRules: false });
    const { order } = await twin.seed(anOrder('O1', { OMS_Version__c: 5 }));
    expect((await twin.call('PATCH', `/sobjects/Order/${order}`, { OMS_Version__c: 4 })).status).toBe(204);
  });

  it('detects duplicates by the rules it was given, unless the caller saves them all the same (§2.8)', async () => {
    const duplicateRules = [{ object: 'Contact', fields: ['Email', 'LastName'] }];
    expect((await twin.control('PUT', 'rules', { duplicateRules })).body).toEqual({
      validationRules: true,
      duplicateRules,
    });
    const mira = { LastName: 'Mira', Email: 'mira@example.org' };
    const create = (body: object, headers = {}) => twin.call('POST', '/sobjects/Contact', body, headers);
    expect((await create(mira)).status).toBe(201);
    expect(await create({ ...mira, LastName: 'MIRA' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'DUPLICATES_DETECTED' }],
    });
    expect((await create({ ...mira, LastName: 'Other' })).status).toBe(201);
    expect((await create(mira, { 'sforce-duplicate-rule-header': 'allowSave=true' })).status).toBe(201);
    expect(
      (await twin.control('PUT', 'rules', { duplicateRules: [{ object: 'Contact', fields: ['Nope'] }] })).status,
    ).toBe(400);
  });

  it('tells a formula that it cannot read', () => {
    for (const formula of ['AND(', 'a b', '1 +', '@x']) expect(() => readFormula(formula)).toThrow(TypeError);
  });
});
