import { claimsIn, type ClaimIn } from '../proving.js';
import type { CrmCapability, CrmWorld } from './crm-world.js';

export type CrmClaim = ClaimIn<CrmWorld, CrmCapability>;

/** Claims of one area of the CRM. */
export const crmClaimsOf = (area: string, ...needs: readonly CrmCapability[]) =>
  claimsIn<CrmWorld, CrmCapability>(area, ...needs);
