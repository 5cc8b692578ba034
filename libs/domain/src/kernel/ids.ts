/** Identifiers are strings branded with their owner, so that none is passed where another is meant. */
declare const owner: unique symbol;
/** A record of its owners, so that an id that is also another one (`CrmOrderId`) has both, where two names alone would leave no value at all. */
type Branded<Owner extends string> = string & { readonly [owner]: Readonly<Record<Owner, true>> };

export type SiteId = Branded<'site'>;
/** The name under which one CRM org is configured. */
export type CrmOrgName = Branded<'crm-org'>;
/** An organization of the OMS, as its messages name it. */
export type OmsOrganization = Branded<'oms-organization'>;
/** The number that customer, CRM and OMS all know the order by. */
export type OrderNumber = Branded<'order-number'>;
/** A record id of the CRM, in its long form. */
export type CrmRecordId = Branded<'crm-record'>;
export type CrmOrderId = CrmRecordId & Branded<'crm-order'>;
/** The OMS's own reference of an order. */
export type OmsOrderId = Branded<'oms-order'>;
/** A line within its order. */
export type LineId = Branded<'line'>;
export type Sku = Branded<'sku'>;
export type LocationId = Branded<'location'>;
/** The number that both sides know a customer by. */
export type CustomerKey = Branded<'customer'>;
export type TenderId = Branded<'tender'>;

export const siteId = (value: string) => value as SiteId;
export const crmOrgName = (value: string) => value as CrmOrgName;
export const omsOrganization = (value: string) => value as OmsOrganization;
export const orderNumber = (value: string) => value as OrderNumber;
export const crmRecordId = (value: string) => value as CrmRecordId;
export const crmOrderId = (value: string) => value as CrmOrderId;
export const omsOrderId = (value: string) => value as OmsOrderId;
export const lineId = (value: string) => value as LineId;
export const sku = (value: string) => value as Sku;
export const locationId = (value: string) => value as LocationId;
export const customerKey = (value: string) => value as CustomerKey;
export const tenderId = (value: string) => value as TenderId;
