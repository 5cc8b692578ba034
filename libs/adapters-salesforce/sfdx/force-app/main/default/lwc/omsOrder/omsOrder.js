import { filled, labels } from 'c/omsLabels';
import { historyOf, nameIn } from './history';
import { goodsOf, lineOf, nameOf } from './lines';
import { dayText, momentText } from './moments';
import { statusText, stripOf } from './units';

export { ageText, momentText } from './moments';

const REQUEST_WORDS = {
  Requested: labels.statusRequested,
  Accepted: labels.statusAccepted,
  Refused: labels.statusRefused,
  Confirmed: labels.statusConfirmed,
};

/** Everything that the panel shows, from the records as the org gave them. Pure: how old it is, the panel adds. */
export function viewOf(records) {
  const { orderRecord: order, returns, history, requests } = records;
  const goods = goodsOf(records.lines);
  const names = new Map(goods.map((line) => [line.OMS_Order_Line_Key__c, nameOf(line)]));
  const nameOfLine = (key) => nameIn(names, key);
  return {
    isKnown: Boolean(order.OMS_Status__c),
    title: order.OMS_Status_Label__c ?? statusText(order.OMS_Status__c),
    facts: factsOf(order),
    isOnHold: isOnHold(order),
    alerts: [...orderAlerts(order), ...goods.flatMap(lineAlerts)],
    strip: stripOf(goods),
    lines: goods.map(lineOf),
    parcels: records.parcels.map((parcel) => parcelOf(parcel, records, nameOfLine)),
    returns: returns.map(returnOf),
    history: historyOf(history, names),
    requests: requests.map((request) => requestOf(request, nameOfLine)),
  };
}

function factsOf(order) {
  const promised = order.OMS_Promised_At__c;
  const authorized = order.OMS_Authorization_Expires__c;
  const number = order.OrderReferenceNumber ?? order.OrderNumber;
  const facts = [
    filled(labels.orderNumber, number),
    promised && filled(labels.promisedBy, dayText(promised)),
    authorized && filled(labels.authorizedUntil, dayText(authorized)),
  ];
  return facts.filter(Boolean).join(' · ');
}

function isOnHold(order) {
  return Boolean(order.OMS_On_Hold__c || order.OMS_Holds__c);
}

function orderAlerts(order) {
  const why = order.OMS_Hold_Reasons__c ?? order.OMS_Holds__c ?? '';
  return [
    ...(isOnHold(order) ? [alertOf('hold', labels.onHold, why, order.Id)] : []),
    ...(order.OMS_Exception__c ? [alertOf('exception', labels.attention, order.OMS_Exception__c, order.Id)] : []),
  ];
}

function lineAlerts(line) {
  const named = (text) => filled(labels.lineTrouble, nameOf(line), text ?? '');
  return [
    ...(line.OMS_On_Hold__c ? [alertOf('hold', labels.onHold, named(line.OMS_Hold_Reasons__c), line.Id)] : []),
    ...(line.OMS_Exception__c ? [alertOf('exception', labels.attention, named(line.OMS_Exception__c), line.Id)] : []),
  ];
}

function alertOf(kind, title, text, id) {
  return {
    key: `${kind}-${id}`,
    title,
    text,
    icon: kind === 'hold' ? 'utility:pause' : 'utility:warning',
    className: `alert alert_${kind}`,
  };
}

/** Only links of the web are followed: the address comes from outside. */
function isWebAddress(address) {
  return /^https?:\/\//i.test(address ?? '');
}

/** The address that the OMS gave, else the carrier's page, where the org knows it. */
function trackingUrlOf({ Tracking_Url__c: given, Tracking_Number__c: number, Carrier__c: code }, carriers) {
  const page = carriers.find(({ Code__c }) => Code__c === code)?.Tracking_Page__c;
  const found = page && number && page.replace('{0}', () => encodeURIComponent(number.replace(/\s/g, '')));
  return [given, found].find(isWebAddress);
}

function parcelOf(parcel, { parcelLines, carriers }, nameOfLine) {
  const carrier = parcel.Carrier__c ?? labels.parcel;
  const trackingNumber = parcel.Tracking_Number__c ?? parcel.Package__c;
  const times = [
    parcel.Ship_From__c && filled(labels.from, parcel.Ship_From__c),
    parcel.Shipped_At__c && filled(labels.shippedAt, momentText(parcel.Shipped_At__c)),
    !parcel.Delivered_At__c &&
      parcel.Estimated_Delivery__c &&
      filled(labels.expectedAt, dayText(parcel.Estimated_Delivery__c)),
  ];
  return {
    id: parcel.Id,
    carrier,
    trackingNumber,
    trackingUrl: trackingUrlOf(parcel, carriers),
    trackingTitle: filled(labels.track, carrier, trackingNumber),
    facts: times.filter(Boolean).join(' · '),
    status: parcel.Delivered_At__c
      ? filled(labels.deliveredAt, momentText(parcel.Delivered_At__c))
      : statusText(parcel.Status__c),
    contents: parcelLines
      .filter(({ Shipment__c }) => Shipment__c === parcel.Id)
      .map((line) => ({
        key: line.Id,
        text: filled(labels.times, line.Quantity__c, nameOfLine(line.Order_Line_Key__c) || line.Sku__c),
      })),
  };
}

function returnOf(record) {
  const kind = record.Type__c === 'Exchange' ? labels.exchangeNumber : labels.returnNumber;
  return {
    id: record.Id,
    title: filled(kind, record.Return_Number__c),
    facts: [statusText(record.Status__c), record.OMS_Refunded__c && labels.refunded].filter(Boolean).join(' · '),
  };
}

function requestOf(request, nameOfLine) {
  const about = request.Order_Line_Key__c ? nameOfLine(request.Order_Line_Key__c) : undefined;
  const what = request.Quantity__c ? filled(labels.times, request.Quantity__c, about) : about;
  return {
    id: request.Id,
    title: [request.Action__c, what].filter(Boolean).join(': '),
    facts: filled(labels.askedBy, request.Requested_By__c, momentText(request.Requested_At__c)),
    answer: request.Answer__c,
    status: REQUEST_WORDS[request.Status__c] ?? request.Status__c,
    className: `slds-badge request request_${(request.Status__c ?? '').toLowerCase()}`,
  };
}
