import { afterEach, describe, expect, it } from '@jest/globals';
import { envelope, optionsFor, startVendor, token, type ScriptedAnswer } from '../../testing/scripted-vendor.js';
import type { ManhattanConnectionOptions } from './connection-options.js';
import { ManhattanConnection } from './manhattan-connection.js';

const HOUR_MS = 3_600_000;
const open: { close(): Promise<void> }[] = [];
const byCode = {
  grant: 'authorization_code',
  authorizationCode: 'code-1',
  redirectUri: 'https://tandem.example/done',
} as const;
const refused: ScriptedAnswer = { status: 400, body: { error: 'invalid_grant' } };
const withRefresh = (refresh_token: string): ScriptedAnswer => ({
  body: { access_token: 'token-1', expires_in: 3600, refresh_token },
});

/** The grants that are asked for when a call is made each hour; the answers come in turn, the last one from then on. */
async function grantsOf(
  hours: number,
  changes: Partial<ManhattanConnectionOptions>,
  answers: readonly ScriptedAnswer[],
) {
  const vendor = await startVendor(({ path }, position) =>
    path === '/oauth/token' ? (answers[Math.min(position, answers.length - 1)] ?? token()) : envelope({}),
  );
  let now = 0;
  const connection = new ManhattanConnection(optionsFor(vendor.url, changes), () => now);
  open.push(connection, vendor);
  const outcomes: unknown[] = [];
  for (; now < hours * HOUR_MS; now += HOUR_MS) {
    const call = connection.call('POST', '/order/api/order/order/save', {});
    outcomes.push(
      await call.then(
        () => 'called',
        (fault: unknown) => fault,
      ),
    );
  }
  const forms = vendor.to('/oauth').map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  return { outcomes, forms };
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('A token of the OMS (§1, §12)', () => {
  it('is bought with the code of a consent, and renewed by refresh tokens from then on', async () => {
    const answers = [withRefresh('refresh-1'), withRefresh('refresh-2'), token(), token()];
    const { outcomes, forms } = await grantsOf(4, byCode, answers);
    expect(outcomes).toEqual(['called', 'called', 'called', 'called']);
    expect(forms).toEqual([
      { grant_type: 'authorization_code', code: 'code-1', redirect_uri: 'https://tandem.example/done' },
      { grant_type: 'refresh_token', refresh_token: 'refresh-1' },
      { grant_type: 'refresh_token', refresh_token: 'refresh-2' },
      { grant_type: 'refresh_token', refresh_token: 'refresh-2' },
    ]);
  });

  it('suspends where the refresh token has ended, for the code was used', async () => {
    const { outcomes, forms } = await grantsOf(2, byCode, [withRefresh('refresh-1'), refused]);
    expect(outcomes).toMatchObject(['called', { kind: 'suspending', code: 'oms.credentials_refused' }]);
    expect(forms).toHaveLength(2);
  });

  it('leaves a refresh token unused where nobody turned that on', async () => {
    const { forms } = await grantsOf(2, {}, [withRefresh('refresh-1')]);
    expect(forms).toMatchObject([{ grant_type: 'password' }, { grant_type: 'password' }]);
  });

  it('is bought anew by password where its refresh token has ended', async () => {
    const { outcomes, forms } = await grantsOf(2, { useRefreshToken: true }, [withRefresh('r'), refused, token()]);
    expect(outcomes).toEqual(['called', 'called']);
    expect(forms.map(({ grant_type }) => grant_type)).toEqual(['password', 'refresh_token', 'password']);
  });
});
