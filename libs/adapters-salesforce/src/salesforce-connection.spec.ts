import { generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { propagation } from '@opentelemetry/api';
import { crmOrgName, Clock } from '@tandem/domain';
import { AnsweringOrg, isLogin, type HeardCall, type SpokenAnswer } from '../fixtures/answering-org.js';
import { SalesforceConnection, type SalesforceOrgOptions } from './salesforce-connection.js';

class StoppedClock extends Clock {
  override now = () => new Date('2026-03-01T10:00:00.000Z');
}
const clock = new StoppedClock();
const expired: SpokenAnswer = {
  status: 401,
  json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
};

let org: AnsweringOrg | undefined;

async function connect(
  answer: (call: HeardCall, token: string) => SpokenAnswer,
  options: Partial<SalesforceOrgOptions> = {},
) {
  org = await AnsweringOrg.start((call, self) =>
    isLogin(call) ? self.token() : answer(call, String(call.headers.authorization)),
  );
  const connection = new SalesforceConnection(
    {
      org: crmOrgName('north'),
      loginUrl: org.url,
      clientId: 'tandem-app',
      clientSecret: 'invented',
      timeoutMs: 2_000,
      ...options,
    },
    clock,
  );
  return { org, connection, read: () => connection.send({ what: 'read', method: 'GET', path: connection.path('x') }) };
}

afterEach(async () => {
  propagation.disable();
  await org?.stop();
  org = undefined;
});

describe('A connection to an org', () => {
  it('logs in once for many calls at once, and names its client on each', async () => {
    const { org, read } = await connect(() => ({ json: { fine: true } }));

    expect(await Promise.all([read(), read(), read()])).toEqual([{ fine: true }, { fine: true }, { fine: true }]);
    expect(org.calls('/services/oauth2/token')).toHaveLength(1);
    expect(org.calls('/services/data/v67.0/x').map(({ headers }) => headers['sforce-call-options'])).toEqual(
      Array(3).fill('client=tandem'),
    );
  });

  it('sends its secret in the body of the login', async () => {
    const { org, read } = await connect(() => ({ json: {} }));
    await read();

    expect(Object.fromEntries(new URLSearchParams(org.heard[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'tandem-app',
      client_secret: 'invented',
    });
  });

  it('signs an assertion of two minutes where it has a key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const jwt = { privateKeyPem, username: 'tandem@north.example', audience: 'https://login.example' };
    const { org, read } = await connect(() => ({ json: {} }), { clientSecret: undefined, jwt });
    await read();
    const form = new URLSearchParams(org.heard[0]?.body);
    const [header = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];

    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'tandem-app',
      sub: 'tandem@north.example',
      aud: 'https://login.example',
      exp: clock.now().getTime() / 1_000 + 120,
    });
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('renews an expired session once for all calls that meet it, and replays each', async () => {
    const { org, read } = await connect((_call, token) =>
      token.endsWith('token-1') ? expired : { json: { fine: true } },
    );

    expect(await Promise.all([read(), read()])).toEqual([{ fine: true }, { fine: true }]);
    expect(org.calls('/services/oauth2/token')).toHaveLength(2);
  });

  it('gives up after one renewal where every session is refused', async () => {
    const { org, read } = await connect(() => expired);

    await expect(read()).rejects.toMatchObject({ kind: 'suspending', code: 'crm.session_refused' });
    expect(org.heard.map(isLogin)).toEqual([true, false, true, false]);
  });

  it('does not renew a session of the wrong kind', async () => {
    const message = 'This session is not valid for use with the REST API';
    const { org, read } = await connect(() => ({ status: 401, json: [{ message, errorCode: 'INVALID_SESSION_ID' }] }));

    await expect(read()).rejects.toMatchObject({ kind: 'suspending', code: 'crm.session_expired' });
    expect(org.heard).toHaveLength(2);
  });

  it.each([
    ['a page of HTML', { status: 503, text: '<html>', headers: { 'content-type': 'text/html' } }, 'crm.unavailable'],
    ['an edge without a route', { status: 420, text: '' }, 'crm.unavailable'],
    ['a connection cut in the middle of a body', { cut: true }, 'crm.unreachable'],
  ])('reports %s as transient, after one attempt', async (_claim, answer, code) => {
    const { org, read } = await connect(() => answer);

    await expect(read()).rejects.toMatchObject({ kind: 'transient', code });
    expect(org.calls('/services/data')).toHaveLength(1);
  });

  it('reports an org that stays silent as transient', async () => {
    const { read } = await connect(({ url }) => ({ silent: url.startsWith('/services/data') }), { timeoutMs: 150 });

    await expect(read()).rejects.toMatchObject({ kind: 'transient', code: 'crm.timed_out' });
  });

  it('keeps what the org last said of its budget, even in a refusal', async () => {
    const { connection, read } = await connect(() => ({
      status: 403,
      json: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
      headers: { 'sforce-limit-info': 'api-usage=15000/15000; per-app-api-usage=17/250(appName=tandem)' },
    }));

    expect(connection.callBudget()).toBeUndefined();
    await expect(read()).rejects.toMatchObject({ kind: 'suspending', code: 'crm.budget_spent' });
    expect(connection.callBudget()).toEqual({ used: 15_000, limit: 15_000, keptForOrders: 1_500 });
  });

  it('makes no call that can wait where only what is kept for orders is left', async () => {
    const { org, connection, read } = await connect(() => ({
      json: { fine: true },
      headers: { 'sforce-limit-info': 'api-usage=950/1000' },
    }));
    await read();
    const call = { what: 'read', method: 'GET', path: connection.path('x'), priority: 'background' } as const;

    await expect(connection.send(call)).rejects.toMatchObject({ kind: 'suspending', code: 'crm.budget_kept' });
    expect(await read()).toEqual({ fine: true });
    expect(org.calls('/services/data')).toHaveLength(2);
  });

  it('carries the trace to the org', async () => {
    propagation.setGlobalPropagator({
      inject: (_context, carrier, setter) => setter.set(carrier, 'traceparent', '00-trace-span-01'),
      extract: (context) => context,
      fields: () => ['traceparent'],
    });
    const { org, read } = await connect(() => ({ json: {} }));
    await read();

    expect(org.calls('/services/data')[0]?.headers['traceparent']).toBe('00-trace-span-01');
  });

  it('shows no secret of a refused login', async () => {
    org = await AnsweringOrg.start(() => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'user tandem@north.example is inactive' },
    }));
    const connection = new SalesforceConnection(
      { org: crmOrgName('north'), loginUrl: org.url, clientId: 'tandem-app', clientSecret: 'invented' },
      clock,
    );
    const refused: unknown = await connection
      .send({ what: 'read', method: 'GET', path: '/x' })
      .catch((fault: unknown) => fault);

    expect(refused).toMatchObject({
      kind: 'suspending',
      code: 'crm.login_refused',
      context: { vendorCode: 'invalid_grant' },
    });
    expect(JSON.stringify(refused)).not.toMatch(/invented|tandem@north/);
  });

  it('is not made without a way to log in', () => {
    expect(
      () => new SalesforceConnection({ org: crmOrgName('north'), loginUrl: 'http://x', clientId: 'tandem-app' }, clock),
    ).toThrow('neither a client secret nor a key');
  });
});
