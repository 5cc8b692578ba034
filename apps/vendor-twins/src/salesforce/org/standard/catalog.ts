/** Products, prices, places and the setup objects an integration reads at start (§4.2, §4.3, §4.6). */
export const catalog = {
  Product2: {
    prefix: '01t',
    fields: `
      Name string(255) CU
      ProductCode string(255) CUN
      StockKeepingUnit string(180) CUNL
      ExternalId string(255) CUN
      Description textarea(4000) CUN
      Family picklist CUN
      IsActive boolean CU
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CUNR #multiCurrency`,
  },
  Pricebook2: {
    prefix: '01s',
    fields: `
      Name string(255) CU
      Description string(255) CUN
      IsActive boolean CU
      IsStandard boolean -`,
  },
  PricebookEntry: {
    prefix: '01u',
    fields: `
      Pricebook2Id reference->Pricebook2/PricebookEntries C
      Product2Id reference->Product2/PricebookEntries C
      UnitPrice currency CU
      IsActive boolean CU
      UseStandardPrice boolean CU
      CurrencyIsoCode picklist(3)@CurrencyType.IsoCode CNR #multiCurrency`,
  },
  SalesChannel: {
    prefix: '0bI',
    fields: `
      SalesChannelName string(255) CUL
      Type picklist CUN
      ExternalChannelNumber string(255) CUN
      Description string(255) CUN`,
  },
  OrderDeliveryMethod: {
    prefix: '2Dm',
    fields: `
      Name string(255) CUL
      Carrier picklist CUN
      ClassOfService picklist CUN
      ReferenceNumber string(255) CUN
      ProductId reference->Product2 CUN
      IsActive boolean CU`,
  },
  Location: {
    prefix: '131',
    fields: `
      Name string(255) CUL
      LocationType picklist[Warehouse|Site|Van|Plant|Store] CU
      ExternalReference string(255) CUN
      IsInventoryLocation boolean CU
      ShouldSyncWithOci boolean CU
      FoCapacity int CUN
      TimeZone picklist CUN`,
  },
  User: {
    prefix: '005',
    fields: `
      Username string(80) CU
      Name string(121) -
      Email email(80) CUN
      IsActive boolean CU`,
  },
};

/** Rows of these are the org's configuration: they can be queried, not written (§4.2). */
export const setup = {
  Organization: {
    prefix: '00D',
    fields: `
      Name string(80) -
      IsSandbox boolean -
      OrganizationType picklist -
      InstanceName string(5) -
      LanguageLocaleKey picklist -
      TimeZoneSidKey picklist -
      DefaultLocaleSidKey picklist -`,
  },
  OrderStatus: {
    prefix: '01x',
    fields: `
      ApiName string(255) -
      MasterLabel string(255) -
      StatusCode picklist[Draft|Activated|Superseded] -
      IsDefault boolean -
      SortOrder int -`,
  },
  CurrencyType: {
    prefix: '01L',
    fields: `
      IsoCode string(3) - #multiCurrency
      ConversionRate double - #multiCurrency
      DecimalPlaces int - #multiCurrency
      IsCorporate boolean - #multiCurrency
      IsActive boolean - #multiCurrency`,
  },
};
