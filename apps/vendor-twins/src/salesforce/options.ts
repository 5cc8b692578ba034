/** Switches of the org; each makes fields exist or not (§4.6, §8 item 9). */
export interface Features {
  /** CurrencyIsoCode on records, CurrencyType rows */
  multiCurrency: boolean;
  /** StateCode and CountryCode fields; State and Country then hold the integration value */
  stateCountryPicklists: boolean;
  /** FirstName, LastName, PersonEmail … on Account */
  personAccounts: boolean;
  /** OrderSummary, FulfillmentOrder, Shipment, ReturnOrder and their parts (§4.3) */
  orderManagement: boolean;
}

/** An app of the org that may ask for tokens (§1.2, §1.3). */
export interface TwinClient {
  clientId: string;
  clientSecret: string;
  /** username of the integration user */
  runAs: string;
  /** permission sets of that user; OMS_Integration of the package unless told */
  permissionSets?: readonly string[];
  /** public key of the certificate; without it the JWT bearer flow is refused for this client */
  publicKeyPem?: string;
}

/** Texts in PEM. */
export interface Tls {
  key: string;
  cert: string;
}

export interface SalesforceTwinOptions {
  /** 0 takes any free port */
  port: number;
  /** of the Pub/Sub API; any free port unless told */
  pubsubPort?: number;
  /** shown by its tokens, without a slash at the end, where it is not reached by its own address (§1.4) */
  instanceUrl?: string;
  /** both doors by TLS; in the clear unless told */
  tls?: Tls;
  /** objects whose changes are published where the package has no channel member for them; Account, Contact, Order */
  changeEvents?: readonly string[];
  /** entities that may be selected for change events; 5 unless told (§3.1) */
  mostSelectedEntities?: number;
  /** the `objects` folder of the SFDX package: its custom objects and fields exist in the org */
  objectsFolder: string;
  clients: readonly TwinClient[];
  /** 15 or 18 characters, prefix 00D */
  organizationId?: string;
  /** calls a day before 403 REQUEST_LIMIT_EXCEEDED; 100,000 unless told (§2.12) */
  dailyRequests?: number;
  features?: Partial<Features>;
  /** of the generator behind every random choice */
  seed?: number;
  /** the org's clock, for tests */
  now?: () => Date;
}
