import type { GoldenOrder } from '../golden-order.js';
import { g01 } from './g01-guest-one-line.js';
import { g02 } from './g02-registered-three-lines.js';
import { g03 } from './g03-business-purchase-order.js';
import { g04 } from './g04-two-ship-to-addresses.js';
import { g05 } from './g05-split-shipment.js';
import { g06 } from './g06-partial-cancel.js';
import { g07 } from './g07-cancelled-before-release.js';
import { g08 } from './g08-cancel-after-release.js';
import { g09 } from './g09-short-pick.js';
import { g10 } from './g10-substitution.js';
import { g11 } from './g11-pick-up-in-store.js';
import { g12 } from './g12-pick-up-in-part.js';
import { g13 } from './g13-ship-to-store.js';
import { g14 } from './g14-pre-order.js';
import { g15 } from './g15-promise-moves-twice.js';
import { g16 } from './g16-gift-card-pays-all.js';
import { g17 } from './g17-gift-card-and-credit-card.js';
import { g18 } from './g18-refund-waterfall.js';
import { g19 } from './g19-order-discount-penny.js';
import { g20 } from './g20-tax-inclusive.js';
import { g21 } from './g21-tax-exempt.js';
import { g22 } from './g22-yen-without-state.js';
import { g23 } from './g23-price-adjusted.js';
import { g24 } from './g24-appeasement.js';
import { g25 } from './g25-even-exchange.js';
import { g26 } from './g26-uneven-exchange.js';
import { g27 } from './g27-blind-return.js';
import { g28 } from './g28-most-lines.js';

/** The golden orders that this release proves, in the order of their numbers. */
export const goldenOrders: readonly GoldenOrder[] = [
  g01,
  g02,
  g03,
  g04,
  g05,
  g06,
  g07,
  g08,
  g09,
  g10,
  g11,
  g12,
  g13,
  g14,
  g15,
  g16,
  g17,
  g18,
  g19,
  g20,
  g21,
  g22,
  g23,
  g24,
  g25,
  g26,
  g27,
  g28,
];
