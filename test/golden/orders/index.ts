import type { GoldenOrder } from '../golden-order.js';
import { g01 } from './g01-guest-one-line.js';
import { g02 } from './g02-registered-three-lines.js';
import { g05 } from './g05-split-shipment.js';
import { g07 } from './g07-cancelled-before-release.js';
import { g19 } from './g19-order-discount-penny.js';

/** The golden orders that this release proves, in the order of their numbers. */
export const goldenOrders: readonly GoldenOrder[] = [g01, g02, g05, g07, g19];
