import { describe, expect, it } from '@jest/globals';
import { omsOrganization } from '@tandem/domain';
import { Environment } from './environment.js';
import { omsConnection } from './oms-connection-settings.js';

const least = {
  BASE_URL: 'https://oms.example',
  CLIENT_ID: 'c',
  CLIENT_SECRET: 's',
  USERNAME: 'u',
  PASSWORD_SECRET: 'p',
};

function read(variables: Record<string, string>) {
  const named = Object.entries(variables).map(([name, value]) => [`TANDEM_OMS_AURORA_US_${name}`, value] as const);
  const env = new Environment(Object.fromEntries(named));
  const settings = omsConnection(env, omsOrganization('Aurora-US'));
  env.assertComplete();
  return settings;
}

describe('The connection to an organization of the OMS', () => {
  it('needs no more than a base URL and credentials, and then opens no subscription and counts no calls', () => {
    const settings = read(least);
    expect(settings).toMatchObject({ authUrl: 'https://oms.example', grant: 'password', timeoutMs: 30_000 });
    expect([settings.budget, settings.pubsub, settings.availabilityUrl, settings.locationHeader]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('takes everything that a tenant may want otherwise', () => {
    const settings = read({
      ...least,
      AVAILABILITY_URL: 'https://stock.example',
      ORGANIZATION_HEADER: 'SelectedOrganization',
      LOCATION_HEADER: 'SelectedLocation',
      LOCATION: 'DC1',
      CALLS_PER_HOUR: '5000',
      CALLS_KEPT_FOR_ORDERS: '1000',
      PROXY_URL: 'http://proxy.example:3128',
      CA: '-----BEGIN CERTIFICATE-----',
      USE_REFRESH_TOKEN: 'on',
      PUBSUB_PROJECT: 'p-1',
      PUBSUB_SUBSCRIPTION: 'orders',
    });
    expect(settings).toMatchObject({
      availabilityUrl: 'https://stock.example',
      organizationHeader: 'SelectedOrganization',
      locationHeader: { name: 'SelectedLocation', location: 'DC1' },
      budget: { perHour: 5000, keptForOrders: 1000 },
      proxyUrl: 'http://proxy.example:3128',
      certificateAuthority: '-----BEGIN CERTIFICATE-----',
      useRefreshToken: true,
      pubsub: { project: 'p-1', subscription: 'orders', key: undefined, mostOpen: 1000 },
    });
  });

  it('asks of each grant what it needs, by the name of the variable', () => {
    expect(() => read({ ...least, GRANT: 'authorization_code' })).toThrow(/AUTHORIZATION_CODE_SECRET is missing/);
    expect(() => read({ ...least, PASSWORD_SECRET: '' })).toThrow(/AURORA_US_PASSWORD_SECRET is missing/);
    expect(() => read({ ...least, PUBSUB_SUBSCRIPTION: 'orders' })).toThrow(/PUBSUB_PROJECT is missing/);
    expect(() => read({ ...least, CALLS_PER_HOUR: '5', CALLS_KEPT_FOR_ORDERS: '6' })).toThrow(/CALLS_KEPT_FOR_ORDERS/);
    expect(read({ ...least, GRANT: 'client_credentials', USERNAME: '', PASSWORD_SECRET: '' }).username).toBeUndefined();
  });
});
