import { createHmac, timingSafeEqual } from 'node:crypto';
import { PermanentFault, type Clock } from '@tandem/domain';
import type { CallerSecrets } from './settings.js';

type Headers = Readonly<Record<string, unknown>>;

/** A signature is good for so long: a captured push cannot be played again later. */
const SIGNATURE_LIFE_MS = 5 * 60_000;

/** Checks what callers prove themselves with. Compares in constant time and never says which part was wrong. */
export class CallerProof {
  constructor(
    private readonly secrets: CallerSecrets,
    private readonly clock: Clock,
  ) {}

  /** Throws unless the call carries the API's bearer token. */
  assertApiCaller(headers: Headers): void {
    if (!isBearer(headers, this.secrets.api))
      throw unauthorized('Send the header Authorization: Bearer with the token of this installation.');
  }

  /** Throws unless the OMS's push is signed, or carries its bearer token: whichever of the two this installation has a secret for. */
  assertOmsPush(headers: Headers, body: Uint8Array): void {
    const { pushHmac, pushBearer } = this.secrets;
    if (pushBearer !== undefined && isBearer(headers, pushBearer)) return;
    if (pushHmac !== undefined && this.isSigned(headers, body, pushHmac)) return;
    throw unauthorized('Send a bearer token, or X-Tandem-Timestamp and X-Tandem-Signature over timestamp and body.');
  }

  private isSigned(headers: Headers, body: Uint8Array, secret: string): boolean {
    const timestamp = text(headers['x-tandem-timestamp']);
    const age = Math.abs(this.clock.now().getTime() - Number(timestamp) * 1000);
    if (timestamp === '' || !(age <= SIGNATURE_LIFE_MS)) return false;
    const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
    return isSame(text(headers['x-tandem-signature']), `sha256=${expected}`);
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const isBearer = (headers: Headers, secret: string) => isSame(text(headers['authorization']), `Bearer ${secret}`);

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const unauthorized = (remedy: string) =>
  new PermanentFault('api.unauthorized', 'The caller did not prove who it is.', {
    violations: [
      { field: 'authorization', rule: 'caller.proven', sentence: 'The caller did not prove who it is.', remedy },
    ],
  });
