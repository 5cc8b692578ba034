import { isObject, objectIn, referenceId, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { lineById } from '../fulfilment/selection.js';

/**
 * A release as it leaves the vendor (§4.5): flattened, ids as plain strings, and with the casing of that message, which is
 * not the order's (`OrderSubtotal`, `IsPriceOverrIdden`). `full` adds the nested order and lines.
 */
export function releaseDocument(order: JsonObject, release: JsonObject, full: boolean): JsonObject {
  const releaseLines = rows(release, 'ReleaseLine').map((releaseLine) => lineDocument(order, releaseLine, full));
  const [first] = rows(release, 'ReleaseLine');
  const line = first && lineById(order, text(first, 'OrderLineId'));
  const nested = pick(order, ['Payment', 'OrderChargeDetail', 'OrderExtension1']);
  return {
    OrganizationId: order.OrgId ?? null,
    ...pick(order, COPIED),
    ...pick(release, [
      ...['ReleaseId', 'ReleaseType', 'DestinationAction', 'ShipFromLocationId', 'ShipToLocationId', 'CarrierCode'],
      ...['ServiceLevelCode', 'ShipViaId', 'EffectiveRank'],
    ]),
    OrderTypeId: referenceId(order, 'OrderType', 'OrderTypeId') ?? null,
    DocTypeId: referenceId(order, 'DocType', 'DocTypeId') ?? null,
    SellingChannelId: referenceId(order, 'SellingChannel', 'SellingChannelId') ?? null,
    DeliveryMethod: release.DeliveryMethodId ?? null,
    DeliveryMethodSubType: null,
    ExternalShipFromLocationId: release.ShipFromLocationId ?? null,
    PaymentStatusId: referenceId(order, 'PaymentStatus', 'StatusId') ?? null,
    CancelReasonId: referenceId(order, 'CancelReason', 'ReasonId') ?? null,
    OrderSubtotal: order.OrderSubTotal ?? 0,
    OrderTotal: order.OrderTotal ?? 0,
    OrderTotalCharges: order.TotalCharges ?? 0,
    OrderTotalDiscounts: order.TotalDiscounts ?? 0,
    OrderTotalTaxes: order.TotalTaxes ?? 0,
    CreateOrderTimeStamp: order.CreatedTimestamp ?? null,
    CreateReleaseTimeStamp: order.UpdatedTimestamp ?? null,
    ...addressOf(line),
    ExtendedFields: objectIn(order, 'Extended') ?? {},
    ReleaseExtendedFields: objectIn(release, 'Extended') ?? {},
    ProcessInfo: {},
    Note: rows(order, 'OrderNote').map(flat),
    ChargeDetail: rows(order, 'OrderChargeDetail').map(flat),
    TaxDetail: rows(order, 'OrderTaxDetail').map(flat),
    PaymentMethod: rows(order, 'Payment').flatMap((payment) => rows(payment, 'PaymentMethod').map(flat)),
    ReleaseLine: releaseLines,
    ...(full ? { Order: nested } : {}),
  };
}

const COPIED = [
  ...['OrderId', 'AlternateOrderId', 'CurrencyCode', 'OrderLocale', 'CustomerId', 'CustomerFirstName'],
  ...['CustomerLastName', 'CustomerEmail', 'CustomerPhone', 'Priority', 'MinFulfillmentStatusId'],
  ...['MaxFulfillmentStatusId', 'IsOnHold', 'IsConfirmed', 'IsCancelled', 'CapturedDate', 'ConfirmedDate'],
];

function lineDocument(order: JsonObject, releaseLine: JsonObject, full: boolean): JsonObject {
  const line = lineById(order, text(releaseLine, 'OrderLineId')) ?? {};
  const allocation = rows(line, 'Allocation').find((row) => row.AllocationId === releaseLine.AllocationId) ?? {};
  const nested = pick(line, ['Allocation', 'ShipToAddress', 'FulfillmentDetail', 'OrderLineExtension1']);
  return {
    ...pick(releaseLine, ['ReleaseLineId', 'OrderLineId', 'ItemId', 'Quantity', 'FulfilledQuantity', 'UOM']),
    CancelledQuantity: releaseLine.CancelledQuantity ?? 0,
    ...pick(line, [
      ...['AlternateOrderLineId', 'UnitPrice', 'OriginalUnitPrice', 'ShippingMethodId', 'FulfillmentGroupId'],
      ...['MinFulfillmentStatusId', 'MaxFulfillmentStatusId', 'IsOnHold', 'IsCancelled', 'IsGift', 'OrderLineTotal'],
    ]),
    DeliveryMethodId: referenceId(line, 'DeliveryMethod', 'DeliveryMethodId') ?? null,
    CancelReasonId: referenceId(line, 'CancelReason', 'ReasonId') ?? null,
    IsPriceOverrIdden: line.IsPriceOverridden ?? false,
    OrderLineSubtotal: line.OrderLineSubTotal ?? 0,
    ChargeDetail: rows(line, 'OrderLineChargeDetail').map(flat),
    TaxDetail: rows(line, 'OrderLineTaxDetail').map(flat),
    Note: rows(line, 'OrderLineNote').map(flat),
    PickupDetail: rows(line, 'OrderLinePickupDetail').map(flat),
    AllocationInfo: pick(allocation, ['AllocationId', 'EarliestShipDate', 'EarliestDeliveryDate', 'CommittedShipDate']),
    ReleaseLineExtendedFields: objectIn(releaseLine, 'Extended') ?? {},
    ProcessInfo: {},
    ...(full ? { OrderLine: nested } : {}),
  };
}

function addressOf(line: JsonObject | undefined): JsonObject {
  const shipTo = (line && objectIn(line, 'ShipToAddress')) ?? {};
  const names = ['FirstName', 'LastName', 'Address1', 'Address2', 'Address3', 'City', 'State', 'County'];
  return {
    ...pick(objectIn(shipTo, 'Address') ?? {}, [...names, 'PostalCode', 'Country', 'Phone', 'Email']),
    AddressId: line?.AddressId ?? null,
    AddressType: shipTo.AddressTypeId ?? null,
    IsAddressVerified: shipTo.IsAddressVerified ?? null,
  };
}

/** A reference becomes its id, a plain string under the id's own name; lists and nested objects are left out. */
function flat(row: JsonObject): JsonObject {
  const entries = Object.entries(row).flatMap(([name, value]): [string, Json][] => {
    if (Array.isArray(value)) return [];
    if (!isObject(value)) return [[name, value]];
    const [only, ...others] = Object.entries(value);
    return only && others.length === 0 && only[0].endsWith('Id') ? [only] : [];
  });
  return Object.fromEntries(entries);
}

function pick(owner: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, owner[name] ?? null]));
}
