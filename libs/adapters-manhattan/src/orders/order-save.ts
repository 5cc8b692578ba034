import { amountAsNumber, given, type Charge, type OrderTerms } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { lineOf } from './order-save-line.js';
import { paymentOf } from './order-save-payment.js';
import { INSTRUCTIONS, noteOf, someOf, taxOf, type SaveContext } from './order-save-parts.js';
import { writeMoment } from '../moment.js';

/** The one call that creates and changes orders (§3.1). */
export const SAVE = '/order/api/order/order/save';

/** The version of the first save. The OMS refuses a second save that is not higher (§2.6): that is how a repeat shows. */
export const FIRST_VERSION = 1;

/** The prices are agreed: the OMS is not to reckon them anew, neither now nor on a change (§3.4). */
export const PRICED_BY_US = { IsAlreadyPriced: true, IsAlreadyCharged: true, IsAlreadyTaxed: true } as const;

/** The body of the one `order/save` that places an order, confirmed (§3.4). Amounts are numbers with the digits of the decimal text. */
export function orderSave(context: SaveContext): JsonObject {
  const { site, order } = context;
  return given({
    OrderId: order.number,
    OrgId: site.oms.organization,
    OrderType: { OrderTypeId: site.oms.orderType },
    DocType: { DocTypeId: site.oms.docType },
    SellingChannel: { SellingChannelId: site.oms.sellingChannel },
    ...customerOf(order),
    CurrencyCode: order.currency,
    OrderLocale: languageOf(site.locale),
    CapturedDate: writeMoment(order.capturedAt),
    IsConfirmed: true,
    OrderActions: {
      ...PRICED_BY_US,
      VersionTimestamp: FIRST_VERSION,
    },
    ...extrasOf(context),
    OrderChargeDetail: someOf(order.charges.map((charge) => chargeOf(context, charge))),
    OrderTaxDetail: someOf(order.charges.flatMap((charge) => charge.taxes.map((tax) => taxOf(context, tax)))),
    OrderLine: order.lines.map((line) => lineOf(context, line)),
    Payment: order.tenders.length === 0 ? undefined : [paymentOf(context)],
  });
}

/** A guest has no id at the OMS, and is still somebody to write to (§8). */
function customerOf({ customer }: OrderTerms): JsonObject {
  const person = given({
    CustomerFirstName: customer.firstName,
    CustomerLastName: customer.lastName,
    CustomerEmail: customer.email,
    CustomerPhone: customer.phone,
  });
  if (customer.kind === 'guest') return person;
  const exemption = customer.taxExemptId === undefined ? {} : { IsTaxExempt: true, TaxExemptId: customer.taxExemptId };
  return { CustomerId: customer.key, ...person, ...exemption };
}

function extrasOf({ order, words }: SaveContext): JsonObject {
  const { instructions, purchaseOrderNumber, releaseNotBefore } = order;
  return given({
    DoNotReleaseBefore: releaseNotBefore && writeMoment(releaseNotBefore),
    OrderNote: instructions === undefined ? undefined : [noteOf(words, INSTRUCTIONS, instructions)],
    OrderAttribute:
      purchaseOrderNumber === undefined
        ? undefined
        : [{ AttributeName: words.purchaseOrderAttribute, AttributeValue: purchaseOrderNumber }],
  });
}

const chargeOf = ({ order, words }: SaveContext, charge: Charge): JsonObject => ({
  ChargeDetailId: charge.id,
  ChargeType: { ChargeTypeId: charge.kind === 'shipping' ? words.shippingChargeType : words.feeChargeType },
  ChargeDisplayName: charge.name,
  ChargeTotal: amountAsNumber(charge.amount, order.currency),
  IsTaxIncluded: order.pricesIncludeTax,
});

/** The OMS's locales are languages, such as `en` (§9). */
const languageOf = (locale: string): string => locale.split(/[-_]/)[0] ?? locale;
