import { describe, expect, it } from '@jest/globals';
import { readSettings } from './run-settings.js';

const read = (env: Record<string, string>, flags = {}) => readSettings(flags, env, import.meta.dirname);

describe('Settings of the runnable twins', () => {
  it('run both twins on their own ports with invented credentials', () => {
    expect(read({})).toMatchObject({
      salesforce: {
        port: 4001,
        clients: [{ clientId: 'tandem-twin' }],
        objectsFolder: expect.stringMatching(/objects$/),
      },
      manhattan: {
        port: 4002,
        pubsubPort: 0,
        users: [{ username: 'svc-aurora', organization: 'AURORA' }, { organization: 'BOREAL' }],
      },
    });
  });

  it('let a flag win over the environment, and leave out the other twin', () => {
    const settings = read({ TWIN_SALESFORCE_PORT: '5001', TWIN_ONLY: 'salesforce' }, { 'salesforce-port': '0' });
    expect(settings.salesforce?.port).toBe(0);
    expect(settings.manhattan).toBeUndefined();
  });

  it.each([
    ['TWIN_ONLY', 'both'],
    ['TWIN_SALESFORCE_PORT', '70000'],
    ['TWIN_SEED', '-1'],
    ['TWIN_CRM_FEATURES', 'telepathy'],
  ])('are refused with the name of %s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });
});
