import { locationId } from '../kernel/ids.js';
import { unreachable } from '../kernel/unreachable.js';
import type { DeliveryMethod, SiteProfile } from '../sites/site-profile.js';
import { acceptAddress } from './accept-address.js';
import type { CapturedAddress, CapturedDelivery } from './captured-order.js';
import type { Complaints } from './complaints.js';
import type { DeliveryOption } from './order.js';

const NOWHERE: CapturedAddress = {
  firstName: undefined,
  lastName: undefined,
  lines: [],
  city: undefined,
  state: undefined,
  postalCode: undefined,
  country: undefined,
  phone: undefined,
  email: undefined,
};

/** Reads how a line reaches the customer: the site profile says what the CRM's delivery method means. */
export function acceptDelivery(
  complaints: Complaints,
  field: string,
  delivery: CapturedDelivery | undefined,
  site: SiteProfile,
): DeliveryOption {
  const name = complaints.text(`${field}.method`, delivery?.method);
  const method = Object.hasOwn(site.deliveryMethods, name) ? site.deliveryMethods[name] : undefined;
  if (name !== '' && !method) {
    complaints.add(
      `${field}.method`,
      'delivery.unmapped_method',
      `Site ${site.id} has no meaning for the delivery method of ${field}.`,
      'Add the method to deliveryMethods of the site profile, or correct it on the order.',
    );
  }
  return acceptOption(complaints, field, delivery, method ?? { kind: 'ship-to-home', omsShippingMethod: '' });
}

function acceptOption(
  complaints: Complaints,
  field: string,
  delivery: CapturedDelivery | undefined,
  method: DeliveryMethod,
): DeliveryOption {
  const shipping = method.omsShippingMethod;
  switch (method.kind) {
    case 'ship-to-home':
      return {
        kind: method.kind,
        method: shipping,
        address: acceptAddress(complaints, `${field}.address`, delivery?.address ?? NOWHERE),
      };
    case 'ship-to-store':
    case 'pick-up':
      return {
        kind: method.kind,
        method: shipping,
        store: locationId(complaints.text(`${field}.store`, delivery?.store)),
      };
    case 'digital':
      return {
        kind: method.kind,
        method: shipping,
        email: complaints.text(`${field}.address.email`, delivery?.address?.email),
      };
    default:
      return unreachable(method.kind);
  }
}
