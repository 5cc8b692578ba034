import { locationRow, networkRow, promiseAnswer } from '../oms-stock.js';
import type { Sample } from '../samples.js';
import { envelope, failure, type ScriptedAnswer } from '../scripted-vendor.js';
import { fault, UNMAPPED, UNREADABLE, type Transcript } from './transcript.js';

const error = (Code: string, Description: string) => ({ Type: 'ERROR', Code, Description });
const warning = { Type: 'WARNING', Code: '1', Description: 'A view is about to be refreshed' };
const bare = (body: unknown, status = 200): ScriptedAnswer => ({ status, body });
const network = (changes: Sample = {}) => envelope([networkRow('SKU-1', changes)]);
const located = (changes: Sample = {}) => envelope([locationRow('SKU-1', '1001', changes)]);
const inStock = [{ sku: 'SKU-1', status: 'in-stock', quantity: 50 }];

/** Of the whole network, asked of SKU-1 (§6.2). */
export const NETWORK_ANSWERS: readonly Transcript[] = [
  ['a quantity by kinds of location beside its total (§6.2)', network(), inStock],
  ['kinds of location without a total (§6.2)', network({ TotalQuantity: null }), inStock],
  [
    'every scalar as a text (§2.5)',
    network({ TotalQuantity: '50.0', StatusCode: '2', IsInfiniteAvailability: 'false' }),
    inStock,
  ],
  ['a code with decimals (§10.31)', network({ StatusCode: 1.0, Status: 'LOW' }), [{ status: 'limited' }]],
  [
    'an item that is not eligible (§10.21)',
    network({ TotalQuantity: 0.0, StatusCode: 0, Quantity: {} }),
    [{ status: 'out-of-stock', quantity: 0 }],
  ],
  ['supply without end (§6.2)', network({ IsInfiniteAvailability: true, TotalQuantity: 0 }), [{ quantity: Infinity }]],
  [
    'a day on which more comes (§2.5)',
    network({ NextAvailabilityDate: '2026-04-01' }),
    [{ nextAvailable: '2026-04-01T00:00:00.000Z' }],
  ],
  [
    'a moment without fraction (§2.5)',
    network({ TransactionDateTime: '2026-03-01T03:02:08' }),
    [{ at: '2026-03-01T03:02:08.000Z' }],
  ],
  [
    'attributes of a later release (§2.5, §10.16)',
    network({ ProcureSupply: [1], OnHandQuantity: null, Extended: {} }),
    inStock,
  ],
  [
    'a warning under a status that is none (§2.3, §10.3)',
    { ...envelope([networkRow('SKU-1')], [warning]), status: 400 },
    inStock,
  ],
  ['no envelope at all (§2.3)', bare([networkRow('SKU-1')]), inStock],
  ['items that nobody asked for (§6.1)', envelope([networkRow('OTHER'), networkRow('SKU-1')]), inStock],
  ['an item left out (§6.1)', envelope([]), fault('transient', 'oms.incomplete_answer')],
  ['nothing in a success (§2.3)', envelope(null), fault('transient', 'oms.incomplete_answer')],
  [
    'an error in a success (§2.3, §10.2)',
    envelope([], [error('INV', 'View is not active')]),
    fault('permanent', 'oms.refused'),
  ],
  ['a missing right (§2.3)', failure(403, error('403', 'Forbidden')), fault('suspending', 'oms.forbidden')],
  ['the page of a gateway', bare('<html></html>', 502), fault('transient', 'oms.unavailable')],
  ['no moment', network({ TransactionDateTime: null }), UNREADABLE],
  ['an object in place of a list', envelope(networkRow('SKU-1')), UNREADABLE],
  ['units below zero (§6.1)', network({ TotalQuantity: -1 }), UNREADABLE],
  ['a code that nobody knows (§6.1)', network({ StatusCode: 7 }), UNMAPPED],
  ['a text alone that nobody knows (§6.1)', network({ StatusCode: null, Status: 'FEW' }), UNMAPPED],
];

/** Of the location 1001, asked of SKU-1 (§6.2). */
export const LOCATION_ANSWERS: readonly Transcript[] = [
  [
    'a quantity that is a number here (§6.2, §10.31)',
    located(),
    [{ location: '1001', quantity: 3, status: 'in-stock' }],
  ],
  ['a number for the id of the location (§10.31)', located({ LocationId: 1001 }), [{ location: '1001' }]],
  ['no row for what is not eligible there (§6.1, §10.21)', envelope([]), []],
  ['nothing at all (§2.3)', envelope(null), []],
  ['no quantity', located({ Quantity: null }), [{ quantity: null }]],
  ['a location that is an object', located({ LocationId: { LocationId: '1001' } }), UNREADABLE],
];

const promise = (changes: Sample = {}) => bare({ ...promiseAnswer(), ...changes });
const line = (changes: Sample) => promise({ ResponseDetails: [{ DetailId: 'L1', ItemId: 'SKU-1', ...changes }] });
const byGround = {
  line: 'L1',
  by: 'shipping',
  name: 'UPS_GROUND',
  quantity: 20,
  earliestDelivery: '2026-03-30T21:45:00.000Z',
};

/** Of a cart with the line L1, bare as in every sample (§2.3, §6.5). */
export const PROMISE_ANSWERS: readonly Transcript[] = [
  [
    'no envelope (§2.3)',
    promise(),
    [byGround, { name: 'AIR', quantity: 0 }, { by: 'pick-up', name: '1001', quantity: 3 }],
  ],
  ['an envelope all the same (§2.3)', envelope(promiseAnswer()), [byGround, {}, {}]],
  [
    'null dates and no supply where nothing is to be had (§6.5)',
    line({
      ShippingOptions: [{ ShippingMethodId: 'AIR', EarliestShipDate: null, Quantity: 0, SupplyDetailsInfo: [] }],
    }),
    [{ name: 'AIR', quantity: 0 }],
  ],
  ['header lists left out (§6.5)', promise({ ShippingOptions: null, PickupOptions: null }), [byGround, {}, {}]],
  [
    'numbers as texts (§10.31)',
    line({ DetailId: 1, ShippingOptions: [{ ShippingMethodId: 7, Quantity: '2.0' }] }),
    [{ line: '1', name: '7', quantity: 2 }],
  ],
  [
    'no quantity but that of its supplies (§6.5)',
    line({ ShippingOptions: [{ ShippingMethodId: 'AIR', SupplyDetailsInfo: [{ Quantity: 1.5 }, { Quantity: '2' }] }] }),
    [{ quantity: 3.5 }],
  ],
  ['a line without any option (§6.5)', line({ ShippingOptions: null, PickupOptions: [] }), []],
  ['a message that is none', promise({ MessageDTO: { Message: [warning] } }), [byGround, {}, {}]],
  [
    'an error in its own list (§6.5)',
    promise({ MessageDTO: { Message: [error('PRM', 'Config is not known')] } }),
    fault('permanent', 'oms.refused'),
  ],
  ['no details', promise({ ResponseDetails: null }), UNREADABLE],
  ['an option without a name', line({ ShippingOptions: [{ Quantity: 1 }] }), UNREADABLE],
  [
    'a date that is none',
    line({ ShippingOptions: [{ ShippingMethodId: 'AIR', EarliestShipDate: 'soon' }] }),
    UNREADABLE,
  ],
  ['nothing at all', bare(''), fault('transient', 'oms.unreadable_answer')],
  ['a lock wait (§10.32)', failure(500, error('1', 'Lock wait timeout exceeded')), fault('transient', 'oms.lock_wait')],
];
