import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CertificateAuthority } from '@tandem/test/environment';
import { brokerNames, brokerSettings } from './broker-settings.js';
import { Environment } from './environment.js';

const authority = new CertificateAuthority('House authority');
const ours = authority.issue('tandem');
const two = 'amqps://u:hidden@a.example/shared, amqps://u:hidden@b.example/shared';

function read(variables: Record<string, string>) {
  const env = new Environment(
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TANDEM_${name}`, value])),
  );
  const settings = brokerSettings(env);
  env.assertComplete();
  return settings;
}

describe('The settings of the broker', () => {
  it('are none where the bus is kept on PostgreSQL', () => {
    expect(read({})).toBeUndefined();
  });

  it('need no more than a URL, and then make what is missing', () => {
    const tls = { ca: undefined, cert: undefined, key: undefined, passphrase: undefined };
    expect(read({ AMQP_URL: 'amqp://localhost' })).toEqual({
      ...{ url: ['amqp://localhost'], tls, login: 'password', topology: 'assert' },
    });
  });

  it('take several hosts, an authority of the house, and our certificate in place of a password', () => {
    const settings = read({
      AMQP_URL: two,
      AMQP_CA: authority.cert,
      AMQP_CERT: ours.cert,
      AMQP_KEY: ours.key,
      AMQP_LOGIN: 'external',
      BUS_TOPOLOGY: 'verify',
    });
    expect(settings).toMatchObject({
      url: ['amqps://u:hidden@a.example/shared', 'amqps://u:hidden@b.example/shared'],
      tls: { ca: authority.cert, ...ours },
      login: 'external',
      topology: 'verify',
    });
  });

  it.each([
    [{ AMQP_URL: 'https://a.example' }, 'TANDEM_AMQP_URL is no URL that begins with amqp:// or amqps://'],
    [{ AMQP_URL: `${two},hidden` }, 'TANDEM_AMQP_URL is no URL'],
    [{ AMQP_URL: ' , ' }, 'TANDEM_AMQP_URL is no URL'],
    [
      { AMQP_URL: two, AMQP_CA: 'hidden' },
      'TANDEM_AMQP_CA (or the file that TANDEM_AMQP_CA_FILE names) holds no certif',
    ],
    [{ AMQP_URL: two, AMQP_CA_FILE: '/hidden/ca.pem' }, 'TANDEM_AMQP_CA_FILE names a file that cannot be read'],
    [{ AMQP_URL: two, AMQP_CERT: ours.cert }, 'go together: one of them is missing'],
    [{ AMQP_URL: two, AMQP_CERT: ours.cert, AMQP_KEY: 'hidden' }, 'TANDEM_AMQP_KEY_FILE holds no private key'],
    [
      { AMQP_URL: two, AMQP_CERT: ours.cert, AMQP_KEY: authority.issue('other').key },
      'TANDEM_AMQP_KEY_FILE is the key of another certificate',
    ],
    [{ AMQP_URL: 'amqp://a.example', AMQP_CA: authority.cert }, 'must begin with amqps: where certificates are given'],
    [{ AMQP_URL: two, AMQP_LOGIN: 'external' }, 'TANDEM_AMQP_LOGIN=external takes amqps:'],
    [{ AMQP_URL: two, AMQP_LOGIN: 'hidden' }, 'TANDEM_AMQP_LOGIN is none of password, external'],
    [{ AMQP_URL: two, BUS_TOPOLOGY: 'hidden' }, 'TANDEM_BUS_TOPOLOGY is none of assert, verify, none'],
  ])('say by the name of the variable what is wrong, and never its value: %#', (variables, sentence) => {
    expect(() => read(variables)).toThrow(sentence);
    expect(() => read(variables)).not.toThrow(/hidden/);
  });

  it('open a key that a passphrase locks', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
      .toString();
    const variables = { AMQP_URL: two, AMQP_CERT: ours.cert, AMQP_KEY: key };
    expect(() => read(variables)).toThrow('or its passphrase is another');
    // It opens: what is wrong now is that it is the key of another certificate.
    expect(() => read({ ...variables, AMQP_KEY_PASSPHRASE_SECRET: 'open' })).toThrow('of another certificate');
  });

  it('name what stands at the broker after a prefix', () => {
    expect(brokerNames(new Environment({}))).toEqual({
      ...{ prefix: 'tandem.', omsEventsQueue: 'tandem.oms.order-events', omsDeadLetterQueues: [] },
    });
    expect(brokerNames(new Environment({ TANDEM_BUS_PREFIX: 'eu.' })).omsEventsQueue).toBe('eu.oms.order-events');
  });

  it('name the queues of dead letters that are taken over, each once, and not the one that is taken from anyway', () => {
    const named = (queues: string) => {
      const env = new Environment({ TANDEM_OMS_DEAD_LETTER_QUEUES: queues });
      const { omsDeadLetterQueues } = brokerNames(env);
      env.assertComplete();
      return omsDeadLetterQueues;
    };
    expect(named(' erp.orders.dlq, old dlq,erp.orders.dlq,')).toEqual(['erp.orders.dlq', 'old dlq']);
    expect(() => named('tandem.oms.order-events')).toThrow('TANDEM_OMS_DEAD_LETTER_QUEUES names the queue');
  });
});
