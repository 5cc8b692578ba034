import { afterEach, describe, expect, it } from '@jest/globals';
import { SuspendingFault, TransientFault } from '@tandem/domain';
import {
  envelope,
  failure,
  optionsFor,
  startVendor,
  token,
  type Script,
  type ScriptedVendor,
} from '../../testing/scripted-vendor.js';
import type { ManhattanConnectionOptions } from './connection-options.js';
import { ManhattanConnection } from './manhattan-connection.js';

const SAVE = '/order/api/order/order/save';
const open: { close(): Promise<void> }[] = [];
let now = 0;

async function connected(script: Script, changes: Partial<ManhattanConnectionOptions> = {}) {
  const vendor = await startVendor(script);
  const connection = new ManhattanConnection(optionsFor(vendor.url, changes), () => now);
  open.push(connection, vendor);
  return { vendor, save: () => connection.call('POST', SAVE, { OrderId: 'A-1' }) };
}

const isSignIn = (path: string) => path.startsWith('/oauth');
const signIns = (vendor: ScriptedVendor) => vendor.to('/oauth').length;
/** Lets everybody in and answers each call by `answer`. */
const behindSignIn =
  (answer: Script): Script =>
  (request, position) =>
    isSignIn(request.path) ? token(`token-${position + 1}`) : answer(request, position);

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('A connection to an organization of the OMS', () => {
  it('signs in with form and Basic, and calls with the token (§1)', async () => {
    const { vendor, save } = await connected(behindSignIn(() => envelope({ OrderId: 'A-1' })));
    await expect(save()).resolves.toMatchObject({ succeeded: true, data: { OrderId: 'A-1' } });
    const [signIn, call] = vendor.requests;
    expect(signIn).toMatchObject({
      method: 'POST',
      path: '/oauth/token',
      body: 'grant_type=password&username=svc-tandem&password=user-secret%261',
    });
    expect(signIn?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('tandem:client-secret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(call).toMatchObject({ method: 'POST', path: SAVE, body: '{"OrderId":"A-1"}' });
    expect(call?.headers.authorization).toBe('Bearer token-1');
  });

  it('sends the other grant, to another path, and names the organization where told to (§1, §12)', async () => {
    const changes = {
      grant: 'client_credentials',
      tokenPath: '/oauth/v2',
      organizationHeader: 'SelectedOrganization',
    } as const;
    const { vendor, save } = await connected(
      behindSignIn(() => envelope({})),
      changes,
    );
    await save();
    expect(vendor.requests[0]).toMatchObject({ path: '/oauth/v2', body: 'grant_type=client_credentials' });
    expect(vendor.requests[1]?.headers['selectedorganization']).toBe('AURORA');
  });

  it('signs in once for many calls', async () => {
    const { vendor, save } = await connected(behindSignIn(() => envelope({})));
    await Promise.all([save(), save(), save()]);
    expect(signIns(vendor)).toBe(1);
    expect(vendor.to(SAVE)).toHaveLength(3);
    expect(vendor.to(SAVE)[0]?.headers).not.toHaveProperty('selectedorganization');
  });

  it('renews the token sixty seconds before its end (§1)', async () => {
    now = 0;
    const { vendor, save } = await connected(({ path }) => (isSignIn(path) ? token('t', '300') : envelope({})));
    await save();
    now = 239_999;
    await save();
    expect(signIns(vendor)).toBe(1);
    now = 240_000;
    await save();
    expect(signIns(vendor)).toBe(2);
  });

  it('signs in again once and repeats the call once when its token is not accepted (§1)', async () => {
    const { vendor, save } = await connected(
      behindSignIn(({ headers }) =>
        headers.authorization === 'Bearer token-1'
          ? { status: 401, body: { error: 'invalid_token' } }
          : envelope({ OrderId: 'A-1' }),
      ),
    );
    await expect(save()).resolves.toMatchObject({ data: { OrderId: 'A-1' } });
    expect([signIns(vendor), vendor.to(SAVE).length]).toEqual([2, 2]);
  });

  it('suspends when a new token is not accepted either, without a third try (§10.13)', async () => {
    const { vendor, save } = await connected(behindSignIn(() => ({ status: 401, body: { error: 'invalid_token' } })));
    await expect(save()).rejects.toMatchObject({ kind: 'suspending', code: 'oms.unauthorized' });
    expect([signIns(vendor), vendor.to(SAVE).length]).toEqual([2, 2]);
  });

  it('begins with a new sign-in once a person has set things right', async () => {
    const { vendor, save } = await connected(
      behindSignIn(({ headers }) => (headers.authorization === 'Bearer token-3' ? envelope({}) : { status: 401 })),
    );
    await expect(save()).rejects.toThrow(SuspendingFault);
    await expect(save()).resolves.toMatchObject({ succeeded: true });
    expect([signIns(vendor), vendor.to(SAVE).length]).toEqual([3, 3]);
  });

  it('is not let in by a body that says success under a 401', async () => {
    const { save } = await connected(behindSignIn(() => ({ ...envelope({}), status: 401 })));
    await expect(save()).rejects.toMatchObject({ kind: 'suspending', code: 'oms.unauthorized' });
  });

  it('tries refused credentials once in thirty seconds, for our address would be locked out (§1)', async () => {
    now = 0;
    const refusal = { status: 400, body: { error: 'invalid_grant', error_description: 'Bad credentials' } };
    const { vendor, save } = await connected(({ path }, position) =>
      isSignIn(path) ? (position === 0 ? refusal : token()) : envelope({}),
    );
    await expect(save()).rejects.toMatchObject({ kind: 'suspending', code: 'oms.credentials_refused' });
    now = 29_999;
    await expect(save()).rejects.toThrow(SuspendingFault);
    expect(signIns(vendor)).toBe(1);
    now = 30_000;
    await expect(save()).resolves.toMatchObject({ succeeded: true });
  });

  it('takes a sign-in that fails on the far side for an outage', async () => {
    const { save } = await connected(() => ({
      status: 503,
      body: '<html>Back soon</html>',
      headers: { 'retry-after': '2' },
    }));
    await expect(save()).rejects.toMatchObject({ kind: 'transient', code: 'oms.unavailable', retryAfterMs: 2000 });
  });

  it.each([
    ['hang', 'oms.timed_out'],
    ['trickle', 'oms.timed_out'],
    ['cut', 'oms.unreachable'],
  ] as const)('answers a connection that does %s with a transient fault', async (trouble, code) => {
    const { save } = await connected(
      behindSignIn(() => trouble),
      { timeoutMs: 200 },
    );
    await expect(save()).rejects.toMatchObject({ kind: 'transient', code });
  });

  it('answers a host that is not there with a transient fault', async () => {
    const { vendor, save } = await connected(() => token());
    await vendor.close();
    open.pop();
    await expect(save()).rejects.toThrow(TransientFault);
  });

  it('names the trace of the OMS in a fault, to quote in a ticket (§1)', async () => {
    const answer = {
      ...failure(400, { Type: 'ERROR', Code: 'X1', Description: 'No' }),
      headers: { 'cp-trace-id': 'trace-7' },
    };
    const { save } = await connected(behindSignIn(() => answer));
    await expect(save()).rejects.toMatchObject({
      context: { status: 400, traceId: 'trace-7', codes: ['X1', 'error.400'] },
    });
  });

  it.each([
    ['baseUrl', { baseUrl: 'omni.example' }],
    ['username, password', { username: undefined, password: '' }],
    ['timeoutMs', { timeoutMs: 0 }],
  ])('does not exist without a valid %s, and does not tell what it was given', (names, changes) => {
    const make = () => new ManhattanConnection(optionsFor('http://127.0.0.1:1', changes));
    expect(make).toThrow(`The connection to the OMS organization AURORA lacks a valid ${names}.`);
  });
});
