import { integer, text, type BodyOf, type Field } from './fields.js';

export interface MessageDeclaration {
  readonly description: string;
  /** The flow that owns the message and alone may send it. */
  readonly publisher: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const site = text('The site, as its profile names it');
const org = text('The CRM org, as its connection is named');
const customerKey = text('The customer, as CRM and OMS both know it');
const orderNumber = text('The order, as customer, CRM and OMS all know it');

/** Every message there is. The types, the validation and docs/messages.md all follow from here. Key: see each publisher. */
export const catalog = {
  'order.submission-requested.v1': {
    description: 'Someone asked that an order of the CRM be sent to the OMS.',
    publisher: 'orders',
    fields: { site, crmOrderId: text('The record id of the order in the CRM') },
  },
  'order.accepted.v1': {
    description: 'An order was read, found valid and entered in the ledger; it may be placed.',
    publisher: 'orders',
    fields: { site, orderNumber },
  },
  'order.submitted.v1': {
    description: 'The OMS holds the order and gave its reference.',
    publisher: 'orders',
    fields: { site, orderNumber, omsOrderId: text("The OMS's own reference of the order") },
  },
  'order.revision-requested.v1': {
    description:
      'An order that the OMS holds may have been edited in the CRM. Key: the order number, as when it was placed.',
    publisher: 'orders',
    fields: { site, orderNumber },
  },
  'order.revised.v1': {
    description: 'The OMS has taken an edit of the order.',
    publisher: 'orders',
    fields: { site, orderNumber, version: integer('The version of the projection') },
  },
  'order.action-requested.v1': {
    description: 'An agent asks for something to be done to an order. Key: the order number, as when it was placed.',
    publisher: 'orders',
    fields: { site, orderNumber, requestId: text('The record id of the request in the CRM') },
  },
  'order.action-answered.v1': {
    description: 'What an agent asked for is answered.',
    publisher: 'orders',
    fields: { site, orderNumber, version: integer('The version of the projection') },
  },
  'oms-order.published.v1': {
    description: 'The OMS published a snapshot of an order; its bytes are in the archive.',
    publisher: 'fulfillment',
    fields: {
      organization: text('The organization of the OMS, as its message names it'),
      orderNumber,
      archiveId: text('The archived message that holds the snapshot'),
      position: integer('Where the snapshot stands in a consolidated message, from 0'),
    },
  },
  'order.projection-changed.v1': {
    description: 'What the CRM ought to show of the order has changed.',
    publisher: 'fulfillment',
    fields: { site, orderNumber, version: integer('The version of the projection') },
  },
  'order.projection-doubted.v1': {
    description:
      'The CRM was seen to show something else of the order than it acknowledged: what it shows now decides.',
    publisher: 'reconciliation',
    fields: { site, orderNumber },
  },
  'order.lost.v1': {
    description: 'The OMS does not have an order that it had taken, and never told of: it is to be placed once more.',
    publisher: 'reconciliation',
    fields: { site, orderNumber },
  },
  'order.rebuilt.v1': {
    description: 'An order was taken into the ledger again, and the CRM does not show it as it is.',
    publisher: 'rebuild',
    fields: { site, orderNumber, version: integer('The version of the projection') },
  },
  'customer.needed.v1': {
    description:
      'An accepted order has a customer, or addresses of one, that the OMS does not know yet. Key: the customer, so that one lane alone saves it.',
    publisher: 'orders',
    fields: { site, customerKey, orderNumber },
  },
  'customer.ready.v1': {
    description:
      'The OMS knows what the order needs of its customer; the order may be placed. Key: the number of the order.',
    publisher: 'customers',
    fields: { site, orderNumber },
  },
  'customer.changed.v1': {
    description: 'A customer may not be at the OMS as the CRM has it. Key: the customer.',
    publisher: 'customers',
    fields: { site, customerKey, accountId: text('The record id of the account in the CRM') },
  },
  'crm-customer.changed.v1': {
    description:
      'An account or contact of the CRM is not as it was; what it now holds is read there. Key: its record id.',
    publisher: 'crm-events',
    fields: {
      org,
      entity: text('account or contact'),
      recordId: text('The record id in the CRM'),
      change: text('created, updated, deleted, restored, or unclear where the CRM could not say'),
      committedAt: text('When the CRM committed it, as an instant'),
      archiveId: text('The archived event, which names the changed fields'),
    },
  },
  'crm-order.changed.v1': {
    description: 'An order of the CRM is not as it was, and not by our own hand. Key: its record id.',
    publisher: 'crm-events',
    fields: {
      org,
      recordId: text('The record id of the order in the CRM'),
      change: text('created, updated, deleted, restored, or unclear where the CRM could not say'),
      committedAt: text('When the CRM committed it, as an instant'),
      archiveId: text('The archived event, which names the changed fields'),
    },
  },
  'agent-action.asked.v1': {
    description: 'An agent asked in the CRM for something to be done to an order. Key: the record id of the order.',
    publisher: 'crm-events',
    fields: {
      org,
      requestId: text('The request, as the CRM names it: the same for every repeat'),
      action: text('Kind of action, as the CRM names it'),
      crmOrderId: text('The record id of the order in the CRM'),
      archiveId: text('The archived event, which holds who asked and what for'),
    },
  },
} as const satisfies Record<string, MessageDeclaration>;

export type MessageName = keyof typeof catalog;
export type MessageBody<N extends MessageName> = BodyOf<(typeof catalog)[N]['fields']>;

export const isMessageName = (name: string): name is MessageName => Object.hasOwn(catalog, name);
