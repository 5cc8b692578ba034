export * from './builders/site.js';
export * from './builders/captured-order.js';
export * from './builders/order.js';
export * from './builders/oms-life.js';
export { proveClaims, type ClaimIn, type ClaimResult, type Provable } from './contracts/proving.js';
export type { CrmClaim } from './contracts/crm/claim.js';
export { crmClaims } from './contracts/crm/claims.js';
export type * from './contracts/crm/crm-world.js';
export type { Claim } from './contracts/oms/claim.js';
