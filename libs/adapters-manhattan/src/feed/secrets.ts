const BLOT = '[redacted]';

/** A name and its value as JSON, also where that JSON is a text within JSON, with every quote escaped so many times (§7.2). */
const TOKEN = /((?<!\\)(\\*)"\w*OAUTH_TOKEN\2"\s*:\s*)(?:(?<!\\)"(?:[^"\\]|\\.)*"|(\\+)"[^"]*?\3")/gi;
/** What a broker's push carries (§7.1). */
const CODED = /("data"\s*:\s*")([A-Za-z0-9+/_-]{16,}={0,2})(?=")/g;

/** Whether it is worth a closer look, which costs as much as all else that is done with a body at a door. */
const SUSPECT = /oauth_token|"data"/i;

/**
 * The bytes without the tokens that the OMS may send along in its own headers (§7.2), wherever they are wrapped; all else stays as it came,
 * byte by byte, also where it is no whole JSON.
 */
export function withoutTokens(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!SUSPECT.test(text)) return bytes;
  const blotted = blot(text);
  return blotted === text ? bytes : Buffer.from(blotted, 'latin1');
}

function blot(text: string): string {
  const decoded = text.replace(CODED, (whole, before: string, coded: string) => {
    const content = Buffer.from(coded, 'base64').toString('latin1');
    const blotted = blot(content);
    return blotted === content ? whole : before + Buffer.from(blotted, 'latin1').toString('base64');
  });
  return decoded.replace(TOKEN, (_, before: string, slashes: string) => `${before}${slashes}"${BLOT}${slashes}"`);
}
