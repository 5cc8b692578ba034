import type { OmsOrganization } from '../kernel/ids.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { Countries } from './countries.js';

/**
 * The sites whose OMS is to know a customer, one for each organization: where they are known already, and where their countries are
 * served. A site without `customerCountries` serves what no other site of the org does.
 */
export function sitesOfCustomer(
  sites: readonly SiteProfile[],
  written: readonly string[],
  countries: Countries,
  knownAt: ReadonlySet<OmsOrganization>,
): readonly SiteProfile[] {
  const codes = written.map((country) => countries.find(country)?.code ?? country);
  const claimed = new Set(sites.flatMap(({ customerCountries }) => customerCountries ?? []));
  const serves = ({ customerCountries }: SiteProfile) =>
    codes.some((code) => (customerCountries ? customerCountries.includes(code) : !claimed.has(code)));
  const found = sites.filter((site) => sites.length === 1 || knownAt.has(site.oms.organization) || serves(site));
  return [...new Map(found.map((site) => [site.oms.organization, site])).values()];
}
