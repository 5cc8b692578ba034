import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for 127.0.0.1 that has signed itself, as an authority of the house would, and its key; both in PEM. */
export function selfSigned(): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = tagged(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
  const name = tagged(0x30, tagged(0x31, tagged(0x30, Buffer.from('0603550403', 'hex'), tagged(0x0c, 'oms.test'))));
  const validity = tagged(0x30, tagged(0x17, '200101000000Z'), tagged(0x17, '491231000000Z'));
  const content = tagged(
    0x30,
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, Buffer.of(1)),
    ...[algorithm, name, validity, name, publicKey.export({ type: 'spki', format: 'der' })],
    tagged(0xa3, tagged(0x30, isAuthority, standsForThisHost)),
  );
  const signature = tagged(0x03, Buffer.of(0), sign('sha256', content, privateKey));
  const cert = tagged(0x30, content, algorithm, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${cert.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** One value of DER: its tag, its length, its parts. */
function tagged(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

const extension = (oid: string, value: Buffer) => tagged(0x30, Buffer.from(oid, 'hex'), tagged(0x04, value));
const isAuthority = extension('0603551d13', tagged(0x30, tagged(0x01, Buffer.of(0xff))));
const standsForThisHost = extension('0603551d11', tagged(0x30, tagged(0x87, Buffer.of(127, 0, 0, 1))));
