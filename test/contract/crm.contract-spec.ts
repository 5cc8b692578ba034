import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crmClaims, proveClaims } from '@tandem/domain/testing';
import { crmTwinTarget } from './salesforce/twin-target.js';
import { SalesforceWorld } from './salesforce/world.js';

describe('The CRM adapter and the CRM twin', () => {
  let world: SalesforceWorld;

  beforeAll(async () => {
    world = await SalesforceWorld.around(await crmTwinTarget(), Date.now().toString(36).toUpperCase());
  });
  afterAll(() => world.close());

  it('have a contract of at least 120 claims, each with a name of its own and its section', () => {
    expect(crmClaims.length).toBeGreaterThanOrEqual(120);
    expect(new Set(crmClaims.map(({ id }) => id)).size).toBe(crmClaims.length);
    expect(crmClaims.filter(({ section }) => !section.startsWith('§'))).toEqual([]);
  });

  it.each([...crmClaims])('keep $section: $title', async (claim) => {
    const [result] = await proveClaims(world, [claim]);
    expect(result).not.toMatchObject({ result: 'failed' });
  });
});
