export * from './kernel/ids.js';
export * from './kernel/faults.js';
export { Clock } from './kernel/clock.js';
export { addQuantities } from './kernel/quantity.js';
export { instantOf, type Instant } from './kernel/instant.js';
export { unreachable } from './kernel/unreachable.js';
export * from './money/minor.js';
export * from './money/currency.js';
export { prorate } from './money/proration.js';
export * from './sites/site-profile.js';
export * from './sites/crm-org-reports.js';
export * from './customers/address.js';
export * from './customers/customer.js';
export * from './customers/customer-ports.js';
export * from './customers/captured-account.js';
export { readOrderCustomer } from './customers/read-order-customer.js';
export { acceptAccount, type AccountAcceptance } from './customers/accept-account.js';
export { Countries, type CountryRules } from './customers/countries.js';
export { PhoneNumbers } from './customers/phone-numbers.js';
export {
  changeForOrder,
  changesNothing,
  customerChange,
  customerNeeded,
  type AddressField,
  type CustomerChange,
  type PersonField,
} from './customers/customer-change.js';
export * from './customers/tracked-customer.js';
export * from './customers/customer-ledger.js';
export { sitesOfCustomer } from './customers/customer-sites.js';
export * from './orders/captured-order.js';
export * from './orders/order.js';
export * from './orders/order-ports.js';
export * from './orders/projection.js';
export * from './fulfillment/stage.js';
export * from './fulfillment/order-snapshot.js';
export * from './fulfillment/oms-order-feed.js';
export { given, type Given } from './kernel/given.js';
export { acceptOrder, type Acceptance } from './orders/accept-order.js';
export { orderTotals, lineGoods, type OrderTotals } from './orders/order-totals.js';
export { OrderLedger, OrderLedgerWriter } from './orders/order-ledger.js';
export { trackAccepted, type TrackedOrder } from './orders/tracked-order.js';
export {
  orderLost,
  orderPlaced,
  orderRevised,
  requestAnswered,
  returnPublished,
  snapshotPublished,
} from './orders/order-progress.js';
export { orderEdit, type OrderEdit } from './orders/order-edit.js';
export { editViolations } from './orders/edit-rules.js';
export * from './orders/agent-request.js';
export { decideRequest, ORDER_NEVER_SENT, type RequestDecision } from './orders/decide-request.js';
export { actionSent, answerOf, isAnswered, refusalOf, refusedUnread, requestBegun } from './orders/agent-requests.js';
export { isAtOms, revisionBegun, revisionRefused, revisionSent, type PlacedOrder } from './orders/revision.js';
export { allOpen, placesOf, placesText, totalOf, type Places } from './fulfillment/line-ledger.js';
export { inWordsOf } from './orders/project-order.js';
export { statusOf, type Status } from './fulfillment/status.js';
export { observationOf, type LineNote, type Observation } from './fulfillment/observation.js';
export {
  lastSeenAt,
  observe,
  presentOf,
  shipmentsOf,
  UNSEEN,
  type Effect,
  type OrderLife,
} from './fulfillment/order-life.js';
export { transitions, type Track, type Transition } from './fulfillment/transitions.js';
export { historyOf, type HistoryEntry } from './fulfillment/history.js';
export type { Arrival, RecordedEntry } from './fulfillment/recorded-history.js';
export { decideSubmission } from './orders/decide-submission.js';
export * from './orders/oms-order-book.js';
export * from './orders/oms-order-changes.js';
export * from './orders/oms-reasons.js';
export * from './money/oms-money.js';
export * from './returns/return-stage.js';
export * from './returns/oms-returns.js';
export * from './inventory/oms-inventory.js';
export { OmsDoor, type OpenDoor } from './fulfillment/oms-door.js';
export * from './changes/crm-door.js';
export * from './changes/crm-change-feed.js';
export * from './reconciliation/crm-order-book.js';
export { unreadable, type Difference, type DifferenceClass } from './reconciliation/difference.js';
export { differencesOf, pulled, type ThreeSides } from './reconciliation/differences-of.js';
export { rebuiltOrder, type PresentSides, type RebuiltOrder } from './reconciliation/rebuilt-order.js';
export { acknowledgedBy, repairOf, type Repair } from './reconciliation/repair.js';
