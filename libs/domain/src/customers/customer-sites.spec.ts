import { describe, expect, it } from '@jest/globals';
import { aSite } from '@tandem/domain/testing';
import { omsOrganization, siteId } from '../kernel/ids.js';
import type { SiteProfile } from '../sites/site-profile.js';
import { Countries } from './countries.js';
import { sitesOfCustomer } from './customer-sites.js';

const site = (id: string, organization: string, customerCountries?: readonly string[]): SiteProfile =>
  aSite({
    id: siteId(id),
    oms: { ...aSite().oms, organization: omsOrganization(organization) },
    ...(customerCountries && { customerCountries }),
  });

const world = site('world', 'AURORA');
const europe = site('europe', 'BOREAL', ['DE', 'FR']);
const outlet = site('outlet', 'BOREAL', ['DE']);
const germany = {
  code: 'DE',
  names: ['Deutschland'],
  state: { required: false, give: 'nothing' as const, known: {} },
  postalCode: { required: true, pattern: '.*', example: '' },
  lines: { most: 3, order: 'as-written' as const },
};

describe('The sites whose OMS is to know a customer', () => {
  const sitesFor = (countries: readonly string[], sites = [world, europe], knownAt: readonly string[] = []) =>
    sitesOfCustomer(sites, countries, new Countries([germany]), new Set(knownAt.map(omsOrganization))).map(
      ({ id }) => id,
    );

  it.each([
    ['those that name the country, by its code', ['FR'], ['europe']],
    ['or by a name of it', ['Deutschland'], ['europe']],
    ['else those that name none', ['JP'], ['world']],
    ['both where the customer has addresses in both', ['JP', 'DE'], ['world', 'europe']],
    ['none where nothing says where the customer is', [], []],
  ])('are %s', (_, countries, expected) => {
    expect(sitesFor(countries)).toEqual(expected);
  });

  it('are also where the customer is known already: the countries may have changed', () => {
    expect(sitesFor(['JP'], [world, europe], ['BOREAL'])).toEqual(['world', 'europe']);
  });

  it('are one for each organization of the OMS', () => {
    expect(sitesFor(['DE'], [world, europe, outlet])).toEqual(['outlet']);
  });

  it('are the only one of the org, whatever the country', () => {
    expect(sitesFor([], [europe])).toEqual(['europe']);
  });
});
