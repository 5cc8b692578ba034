export * from './builders/site.js';
export * from './builders/captured-order.js';
export * from './builders/order.js';
export { proveClaims, type Claim, type ClaimResult } from './contracts/oms/claim.js';
export { omsClaims } from './contracts/oms/claims.js';
export type * from './contracts/oms/held-order.js';
export type * from './contracts/oms/oms-other-host.js';
export type * from './contracts/oms/oms-templates.js';
export type * from './contracts/oms/oms-world.js';
