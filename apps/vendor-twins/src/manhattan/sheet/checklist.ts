/** One thing that §11 asks of a simulator, and the tests that prove it: file of this folder, and words of a title in it. */
export interface ChecklistRow {
  does: string;
  proof: readonly (readonly [file: string, title: string])[];
}

const LOG_IN = 'authentication.spec.ts';
const SAVE = 'orders/save-order.spec.ts';
const CHOICES = 'orders/tenant-choices.spec.ts';
const LIVES = 'fulfilment/lives.spec.ts';
const EVENTS = 'fulfilment/order-events.spec.ts';
const PROFILES = 'control/chaos-profiles.spec.ts';
const CHAOS = 'control/chaos.spec.ts';
const AVAILABILITY = 'inventory/availability.spec.ts';
const FEEDS = 'inventory/feeds.spec.ts';
const RETURNS = 'returns/returns.spec.ts';

/** §11, line by line. */
export const CHECKLIST: readonly ChecklistRow[] = [
  {
    does: 'Tokens: Basic client, password, client credentials and further grants, refusals, lifetime, lock-out of an IP',
    proof: [
      [LOG_IN, 'answers the password grant'],
      [LOG_IN, 'answers client_credentials only'],
      [LOG_IN, 'gives refresh tokens where they are granted'],
      [LOG_IN, 'refuses a wrong client with 401'],
      [LOG_IN, 'locks an IP after too many failures'],
      [LOG_IN, 'missing, mangled, revoked or expired token'],
    ],
  },
  {
    does: 'Organization from the token, another one by header; 403 for a foreign one or a missing grant',
    proof: [
      [LOG_IN, 'works in the organization of the token unless the header selects another one'],
      [LOG_IN, 'calls to a component without a grant are 403'],
    ],
  },
  {
    does: 'Envelope everywhere but in promising dates, trace id, 400 as ManhValidationException, unknown JSON ignored',
    proof: [
      [SAVE, 'answers the envelope with the saved order'],
      ['promising/promising.spec.ts', 'dates bare, without the envelope'],
      [SAVE, 'refuses 251 with ManhValidationException'],
      [SAVE, 'ignores unknown attributes'],
    ],
  },
  {
    does: 'Save: merge by business key, RESET, partial; totals, hashes, statuses, holds, generated ids, version, 250 lines',
    proof: [
      [SAVE, 'keeps what a partial update does not send'],
      [SAVE, 'replaces the collection on RESET'],
      [SAVE, 'counts discounts as negative charges'],
      [SAVE, 'thirty-character AddressId and FulfillmentGroupId'],
      [SAVE, 'derives IsOnHold'],
      [SAVE, 'generates a CC id'],
      [SAVE, 'refuses a version that is not higher with 10208'],
      [SAVE, 'takes 250 lines and refuses 251'],
    ],
  },
  {
    does: 'Modifications by a rule table with the defaults of §3.7; one that is forbidden rejects the whole update',
    proof: [
      ['orders/mod-type-rules.spec.ts', 'describe('],
      [CHOICES, 'lifts the modification rules'],
    ],
  },
  {
    does: 'The ladder, with rows that stay at 0; allocation also before confirmation; releases, remorse, holds, digital goods',
    proof: [
      [LIVES, 'leaves empty rows as a trace'],
      [LIVES, 'allocation may precede confirmation'],
      [LIVES, 'with a release per location'],
      [LIVES, 'waits with the release while a hold is applied'],
      [LIVES, 'only the holds that the tenant names'],
      [LIVES, 'releases digital goods directly'],
    ],
  },
  {
    does: 'Events: Ship (also of a substitute), PickUp, Short, StatusUpdate, receipts; requirements, invoices, payment status',
    proof: [
      [EVENTS, 'Ship makes fulfilment detail, tracking and an invoice'],
      ['fulfilment/substitution.spec.ts', 'shows the ordered item at the line, and the shipped one'],
      [EVENTS, 'refuses a Ship with a bad'],
      [EVENTS, 'Short cancels or goes back to allocation'],
      [EVENTS, 'StatusUpdate moves a release'],
      ['returns/return-events.spec.ts', 'LineVerification return the goods and the money'],
      [LIVES, 'invoices parcels so that the invoices add up'],
      ['payments/settlements.spec.ts', 'awaiting settlement first, and then as paid'],
    ],
  },
  {
    does: 'Cancel: zeroed, copied, with history; late cancel with its tracker and a clock of 30 minutes and 24 hours',
    proof: [
      ['orders/cancel.spec.ts', 'describe('],
      ['late-cancel/late-cancel.spec.ts', 'asks again every 30 minutes'],
    ],
  },
  {
    does: 'Returns with effects on the parent and negative amounts; exchanges that wait for the goods',
    proof: [
      [RETURNS, 'prorated and negated, and claims its units'],
      [RETURNS, 'waits for the returned goods and ends as paid'],
      ['golden-needs.spec.ts', 'an uneven exchange that costs more'],
    ],
  },
  {
    does: 'Availability views: network and location, thresholds, alerts, full and delta sync with page gaps, absolute numbers',
    proof: [
      [AVAILABILITY, 'answers the network with a quantity object'],
      [AVAILABILITY, 'answers locations with a number'],
      [AVAILABILITY, 'takes the thresholds as the last values'],
      [FEEDS, 'alerts of a new record and of a crossed threshold'],
      [FEEDS, 'brings a full network sync'],
      [FEEDS, 'skips pages that are empty or get lost'],
      [FEEDS, 'brings in a delta the latest values'],
    ],
  },
  {
    does: 'Publishing with the attributes of §7.2: duplicated, reordered, late, dropped, with unknown attributes, consolidated, without change log',
    proof: [
      ['publishing/publishing.spec.ts', 'pushes the snapshot with its headers'],
      ['pubsub/pubsub.spec.ts', 'pulls an order with its attributes'],
      [PROFILES, 'is switched on by name, felt, and gone after a reset'],
    ],
  },
  {
    does: 'Failures: 5xx, 401 on the way, lock wait, success with a message inside, declined payments, a slow index, a false totalCount',
    proof: [
      [PROFILES, 'is switched on by name, felt, and gone after a reset'],
      [CHAOS, 'says success with an ERROR inside'],
      [CHOICES, 'a save may succeed with message'],
      [CHAOS, 'searches lie about totalCount'],
    ],
  },
];
