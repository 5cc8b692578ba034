import { centsOf, inWords, sumOf } from '../cents.js';
import { numberOf, textOf, type OrderEvidence } from './evidence.js';

const places = ['Open', 'Back_Ordered', 'Allocated', 'Released', 'Shipped', 'Delivered', 'Cancelled', 'Returned'];

/** Whether each unit of each line is in exactly one place, as the CRM shows it. */
export function quantityImbalances({ expected, crm }: OrderEvidence): string[] {
  return expected.terms.lines.flatMap(({ id, quantity }) => {
    const line = crm.lines.find((record) => textOf(record, 'LineNumber') === id);
    const counted = sumOf(places.map((place) => numberOf(line, `OMS_Qty_${place}__c`)));
    return counted === quantity ? [] : [`${counted} units of line ${id} are somewhere, ${quantity} were ordered.`];
  });
}

/** Whether the money adds up to the cent: at the OMS, and between its total and what was tendered. */
export function moneyImbalances({ oms, crm, expected }: OrderEvidence): string[] {
  const { order } = oms;
  if (order === undefined) return [];
  const total = centsOf(order.OrderTotal ?? 0);
  const parts = sumOf(
    [order.OrderSubTotal, order.TotalCharges, order.TotalTaxes].map((amount) => centsOf(amount ?? 0)),
  );
  const composed = parts - Math.abs(centsOf(order.TotalDiscounts ?? 0));
  const tendered = sumOf(crm.tenders.map((tender) => centsOf(numberOf(tender, 'Amount__c'))));
  const worth = order.IsCancelled === true ? centsOf(order.CancelledOrderTotal ?? 0) : total;
  // Units that were cancelled are paid for by nobody: what was tendered for them is given back.
  const givenBack = expected.ending.omsTotal === undefined ? 0 : expected.terms.total - expected.ending.omsTotal;
  return [
    ...(composed === total ? [] : [`The OMS's parts make ${inWords(composed)}, its total is ${inWords(total)}.`]),
    ...(tendered === worth + givenBack
      ? []
      : [`${inWords(tendered)} ${expected.terms.currency} were tendered for an order of ${inWords(worth)}.`]),
  ];
}
