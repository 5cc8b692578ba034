import { crmOrgName, locationId, omsOrganization, siteId, type SiteProfile } from '@tandem/domain';

/** A site that sells in US dollars, taxes on top. */
export const aSite = (changes: Partial<SiteProfile> = {}): SiteProfile => ({
  id: siteId('aurora-us'),
  crmOrg: crmOrgName('main'),
  oms: {
    organization: omsOrganization('AURORA'),
    orderType: 'Web',
    docType: 'CustomerOrder',
    sellingChannel: 'Web',
    unitOfMeasure: 'EA',
    tenderTypes: { 'Credit Card': 'Credit Card', 'Gift Card': 'Gift Card' },
  },
  locale: 'en-US',
  currencies: ['USD'],
  pricesIncludeTax: false,
  deliveryMethods: {
    'Standard Ground': { kind: 'ship-to-home', omsShippingMethod: 'STD_GROUND' },
    'Store Pickup': { kind: 'pick-up', omsShippingMethod: 'PICKUP' },
    'By E-Mail': { kind: 'digital', omsShippingMethod: 'EMAIL' },
  },
  stores: [locationId('STORE-7')],
  maxLines: 250,
  ...changes,
});
