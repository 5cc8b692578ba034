import { given } from '../kernel/given.js';
import { tenderId } from '../kernel/ids.js';
import { instantOf } from '../kernel/instant.js';
import type { Currency } from '../money/currency.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { CapturedOrder, CapturedTender } from './captured-order.js';
import type { Complaints } from './complaints.js';
import type { Tender } from './order.js';

export function acceptTenders(
  complaints: Complaints,
  captured: CapturedOrder,
  site: SiteProfile,
  currency: Currency,
): Tender[] {
  return captured.tenders.map((tender, index) => acceptTender(complaints, `tenders[${index}]`, tender, site, currency));
}

function acceptTender(
  complaints: Complaints,
  field: string,
  tender: CapturedTender,
  site: SiteProfile,
  currency: Currency,
): Tender {
  const type = complaints.text(`${field}.type`, tender.type);
  if (type !== '' && !Object.hasOwn(site.oms.tenderTypes, type)) {
    complaints.add(
      `${field}.type`,
      'tender.unmapped_type',
      `Site ${site.id} has no meaning for the type of ${field}.`,
      'Add the type to oms.tenderTypes of the site profile, or correct it on the order.',
    );
  }
  return {
    id: tenderId(complaints.text(`${field}.id`, tender.id)),
    type,
    amount: complaints.amount(`${field}.amount`, tender.amount, currency),
    authorized: complaints.optionalAmount(`${field}.authorized`, tender.authorized, currency),
    captured: complaints.optionalAmount(`${field}.captured`, tender.captured, currency),
    ...given({
      cardBrand: tender.cardBrand,
      token: tender.token,
      displayNumber: tender.displayNumber,
      gateway: tender.gateway,
      authorizationId: tender.authorizationId,
      authorizationExpires: expiry(tender.authorizationExpires),
    }),
  };
}

function expiry(value: string | undefined) {
  const moment = value === undefined ? undefined : new Date(value);
  return moment && !Number.isNaN(moment.getTime()) ? instantOf(moment) : undefined;
}
