import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, both in PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** An authority of the house, as a company has its own: signs for servers on this host and for clients by name. */
export class CertificateAuthority {
  /** To be trusted by those who shall trust it. */
  readonly cert: string;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private serial = 1;

  constructor(private readonly name: string) {
    this.cert = this.sign(name, this.keys.publicKey, isAuthority);
  }

  /** For a server on this host, and for a client that is called so. */
  issue(name: string): Certified {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return {
      cert: this.sign(name, publicKey, standsForThisHost),
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }

  private sign(subject: string, publicKey: KeyObject, extensions: Buffer): string {
    const content = tagged(
      0x30,
      tagged(0xa0, tagged(0x02, Buffer.of(2))),
      tagged(0x02, Buffer.of(this.serial++)),
      ...[algorithm, named(this.name), validity, named(subject), publicKey.export({ type: 'spki', format: 'der' })],
      tagged(0xa3, tagged(0x30, extensions)),
    );
    const signature = tagged(0x03, Buffer.of(0), sign('sha256', content, this.keys.privateKey));
    const der = tagged(0x30, content, algorithm, signature).toString('base64');
    return `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  }
}

/** One value of DER: its tag, its length, its parts. */
function tagged(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

const algorithm = tagged(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
const validity = tagged(0x30, tagged(0x17, '200101000000Z'), tagged(0x17, '491231000000Z'));
const named = (name: string) =>
  tagged(0x30, tagged(0x31, tagged(0x30, Buffer.from('0603550403', 'hex'), tagged(0x0c, name))));

const extension = (oid: string, value: Buffer) => tagged(0x30, Buffer.from(oid, 'hex'), tagged(0x04, value));
const isAuthority = extension('0603551d13', tagged(0x30, tagged(0x01, Buffer.of(0xff))));
const standsForThisHost = extension(
  '0603551d11',
  tagged(0x30, tagged(0x87, Buffer.of(127, 0, 0, 1)), tagged(0x82, 'localhost')),
);
