import { setUnits, sum, times, units, type Units } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';

/** The effective amounts of a list of charges and taxes; discounts are the negative charges, informational ones do not count (§3.4). */
export interface Amounts {
  charges: Units;
  discounts: Units;
  taxes: Units;
  informationalTaxes: Units;
}

export function amountsOf(charges: JsonObject[], taxes: JsonObject[]): Amounts {
  const chargeTotals = charges.filter((row) => !flag(row, 'IsInformational')).map((row) => units(row, 'ChargeTotal'));
  const taxOf = (informational: boolean) =>
    sum(taxes.filter((row) => flag(row, 'IsInformational') === informational).map((row) => units(row, 'TaxAmount')));
  return {
    charges: sum(chargeTotals.filter((amount) => amount > 0)),
    discounts: sum(chargeTotals.filter((amount) => amount < 0)),
    taxes: taxOf(false),
    informationalTaxes: taxOf(true),
  };
}

export function lineAmounts(line: JsonObject): Amounts {
  return amountsOf(rows(line, 'OrderLineChargeDetail'), rows(line, 'OrderLineTaxDetail'));
}

/**
 * Header charges and taxes that count at the header. One that was prorated to lines (a line row names it in
 * `HeaderChargeDetailId` / `HeaderTaxDetailId`) counts there; the sheet does not say so, but money adds up no other way.
 */
export function headerAmounts(order: JsonObject): Amounts {
  const lines = rows(order, 'OrderLine');
  const portions = (collection: string, reference: string) =>
    new Set(lines.flatMap((line) => rows(line, collection)).map((row) => text(row, reference)));
  const proratedCharges = portions('OrderLineChargeDetail', 'HeaderChargeDetailId');
  const proratedTaxes = portions('OrderLineTaxDetail', 'HeaderTaxDetailId');
  return amountsOf(
    rows(order, 'OrderChargeDetail').filter((row) => !proratedCharges.has(text(row, 'ChargeDetailId') ?? '')),
    rows(order, 'OrderTaxDetail').filter((row) => !proratedTaxes.has(text(row, 'TaxDetailId') ?? '')),
  );
}

export function net({ charges, discounts, taxes }: Amounts): Units {
  return charges + discounts + taxes;
}

/** Writes sub-totals and totals of lines and order (§3.5), exact to the ten-thousandth. */
export function computeTotals(order: JsonObject): void {
  const lines = rows(order, 'OrderLine');
  for (const line of lines) {
    const subTotal = times(units(line, 'Quantity'), units(line, 'UnitPrice'));
    setUnits(line, 'OrderLineSubTotal', subTotal);
    setUnits(line, 'OrderLineTotal', subTotal + net(lineAmounts(line)));
  }
  const parts = [headerAmounts(order), ...lines.map(lineAmounts)];
  const subTotal = sum(lines.map((line) => units(line, 'OrderLineSubTotal')));
  setUnits(order, 'OrderSubTotal', subTotal);
  setUnits(order, 'TotalCharges', sum(parts.map(({ charges }) => charges)));
  setUnits(order, 'TotalDiscounts', sum(parts.map(({ discounts }) => discounts)));
  setUnits(order, 'TotalTaxes', sum(parts.map(({ taxes }) => taxes)));
  setUnits(order, 'TotalInformationalTaxes', sum(parts.map(({ informationalTaxes }) => informationalTaxes)));
  setUnits(order, 'OrderTotal', subTotal + sum(parts.map(net)));
}
