import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder } from './testing/an-order.js';
import { CLIENT, ORDER, TwinClient, USER } from './testing/twin-client.js';
import { parsedObject } from './wire/json.js';

describe('§1 authentication of the Manhattan twin', () => {
  const { username, password } = USER;
  const asUser = { grant_type: 'password', username, password };
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  it('answers the password grant with a bearer token that carries organization and userOrgs', async () => {
    const { status, body } = await twin.form(asUser);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'omni component' });
    const claims: unknown = JSON.parse(
      Buffer.from(String(body.access_token).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims).toMatchObject({
      user_name: username,
      organization: 'NORTH',
      userOrgs: ['NORTH', 'SOUTH'],
      client_id: 'integration',
    });
  });

  it('takes the parameters from the query string too', async () => {
    const response = await fetch(`${twin.url}/oauth/token?${new URLSearchParams(asUser).toString()}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('integration:client-secret').toString('base64')}` },
    });
    expect(response.status).toBe(200);
  });

  it('answers client_credentials only for a client with an organization', async () => {
    expect((await twin.form({ grant_type: 'client_credentials' })).status).toBe(401);
    const other = await TwinClient.start({
      clients: [CLIENT, { clientId: 'm2m', clientSecret: 's', organization: 'SOUTH' }],
    });
    const answer = await other.form({ grant_type: 'client_credentials' }, { clientId: 'm2m', clientSecret: 's' });
    await other.close();
    expect(answer.status).toBe(200);
  });

  it('§12 answers only the grants that the tenant has given', async () => {
    await twin.put('/control/config', { grants: 'refresh_token' });
    expect(await twin.form(asUser)).toMatchObject({ status: 401, body: { error: 'unauthorized_client' } });
    await twin.put('/control/config', { grants: 'password' });
    expect((await twin.form(asUser)).body).not.toHaveProperty('refresh_token');
    expect((await twin.form({ grant_type: 'refresh_token', refresh_token: 'x' })).status).toBe(401);
  });

  it('§12 gives refresh tokens where they are granted, each good for one use', async () => {
    await twin.put('/control/config', { grants: 'password,refresh_token' });
    const refresh_token = String((await twin.form(asUser)).body.refresh_token);
    const refresh = () => twin.form({ grant_type: 'refresh_token', refresh_token });
    const { status, body } = await refresh();
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { refresh_token: expect.not.stringMatching(refresh_token) },
    });
    const path = `${ORDER}/orderId/X`;
    expect((await twin.get(path, { authorization: `Bearer ${String(body.access_token)}` })).status).toBe(404);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('§12 exchanges an authorization code once, where the grant is given', async () => {
    const code = String((await twin.post('/control/authorization-codes', { username })).body.code);
    const exchange = () => twin.form({ grant_type: 'authorization_code', code });
    expect((await exchange()).status).toBe(401);
    await twin.put('/control/config', { grants: 'authorization_code' });
    expect((await exchange()).status).toBe(200);
    expect((await exchange()).status).toBe(400);
    expect((await twin.post('/control/authorization-codes', { username: 'nobody' })).status).toBe(404);
  });

  it('§1 calls to a component without a grant are 403 in the envelope', async () => {
    await twin.put('/control/config', { missingGrants: 'payment, inventory' });
    expect(await twin.post('/payment/api/payment/paymentRequest/search', {})).toMatchObject({
      status: 403,
      body: { success: false, statusCode: 'FORBIDDEN' },
    });
    expect((await twin.get(`${ORDER}/orderId/X`)).status).toBe(404);
  });

  it('§12 the organization is selected by the header that the tenant names', async () => {
    await twin.put('/control/config', { organizationHeader: 'X-Org' });
    await twin.post(`${ORDER}/save`, anOrder('H1'), { 'x-org': 'SOUTH' });
    await twin.post(`${ORDER}/save`, anOrder('H2'), { SelectedOrganization: 'SOUTH' });
    expect([(await twin.stored('H1')).OrgId, (await twin.stored('H2')).OrgId]).toEqual(['SOUTH', 'NORTH']);
  });

  it('refuses a wrong client with 401, a wrong password and an unknown grant with 400', async () => {
    expect(await twin.form(asUser, { ...CLIENT, clientSecret: 'no' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await twin.form({ ...asUser, password: 'no' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Bad credentials' },
    });
    expect(await twin.form({ grant_type: 'magic' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
  });

  it('locks an IP after too many failures, even for right credentials', async () => {
    await twin.put('/control/chaos', { ipLockAfter: 2 });
    await twin.form({ ...asUser, password: 'no' });
    await twin.form({ ...asUser, password: 'no' });
    expect((await twin.form(asUser)).status).toBe(401);
    await fetch(`${twin.url}/control/reset`, { method: 'POST' });
    expect((await twin.form(asUser)).status).toBe(200);
  });

  it('answers 401 in the OAuth style to a missing, mangled, revoked or expired token', async () => {
    const path = `${ORDER}/orderId/X`;
    expect(await twin.get(path, { authorization: '' })).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
    expect(await twin.get(path, { authorization: 'Bearer a.b.c' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_token', error_description: 'Cannot convert access token to JSON' },
    });
    await twin.put('/control/chaos', { revokeTokens: true });
    const revoked = await twin.get(path);
    expect(revoked).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(revoked.body.error_description).toMatch(/^Access token expired/);
    await twin.logIn();
    expect((await twin.get(path)).status).toBe(404);
    const brief = await TwinClient.start({ tokenSeconds: 0 });
    expect((await brief.get(path)).status).toBe(401);
    await brief.close();
  });

  it('works in the organization of the token unless the header selects another one that the user has', async () => {
    await twin.post(`${ORDER}/save`, anOrder('A1'));
    await twin.post(`${ORDER}/save`, anOrder('B1'), { selectedOrganization: 'SOUTH' });
    expect((await twin.get(`${ORDER}/orderId/B1`)).status).toBe(404);
    const south = await twin.get(`${ORDER}/orderId/B1`, { SelectedOrganization: 'SOUTH' });
    expect(parsedObject(south.body.data)?.OrgId).toBe('SOUTH');
    expect((await twin.get(`${ORDER}/orderId/A1`, { SelectedOrganization: 'WEST' })).status).toBe(403);
  });

  it('gives every answer a cp-trace-id', async () => {
    const { headers } = await twin.get(`${ORDER}/orderId/X`);
    expect(headers.get('cp-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });
});
