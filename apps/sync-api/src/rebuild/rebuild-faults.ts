import { PermanentFault, type OrderNumber, type SiteProfile, type Violation } from '@tandem/domain';

export const orderGone = (side: 'CRM' | 'OMS', { id: site }: SiteProfile, number: OrderNumber) =>
  new PermanentFault('rebuild.order_gone', `The ${side} has order ${number} of site ${site} no more.`, {
    context: { site, orderNumber: number },
  });

export const orderRefused = ({ id: site }: SiteProfile, number: OrderNumber, violations: readonly Violation[]) =>
  new PermanentFault(
    'rebuild.order_refused',
    `What the CRM holds of order ${number} cannot be taken on: ${violations.map(({ sentence }) => sentence).join(' ')}`,
    { violations, context: { site, orderNumber: number } },
  );
