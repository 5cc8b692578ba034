import { Defect, PermanentFault } from '@tandem/domain';

export const orderUnknownToUs = (organization: string, orderNumber: string) =>
  new PermanentFault(
    'fulfillment.order_unknown',
    `The OMS published order ${orderNumber} of ${organization}, which was never submitted here.`,
    {
      context: { organization, orderNumber },
      violations: [
        {
          field: 'OrderId',
          rule: 'order.known',
          sentence: 'The order was never submitted through this installation.',
          remedy: 'Submit the order from the CRM and replay this message, or discard it.',
        },
      ],
    },
  );

export const messageGone = (archiveId: string) =>
  new Defect('The archived message that a publish refers to is not there.', { context: { archiveId } });
