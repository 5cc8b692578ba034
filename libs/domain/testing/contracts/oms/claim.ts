import { claimsIn, type ClaimIn } from '../proving.js';
import type { Capability, OmsWorld } from './oms-world.js';

export { answered, holds, present, same, sameIn } from '../checks.js';

export type Claim = ClaimIn<OmsWorld, Capability>;

/** Claims of one area of the OMS. */
export const claimsOf = (area: string, ...needs: readonly Capability[]) =>
  claimsIn<OmsWorld, Capability>(area, ...needs);
