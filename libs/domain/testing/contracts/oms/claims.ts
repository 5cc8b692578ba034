import { life } from './life.contract.js';
import { limits } from './limits.contract.js';
import { parcels } from './parcels.contract.js';
import { placing } from './placing.contract.js';
import type { Claim } from './claim.js';

/** Everything that an adapter of an OMS and the OMS behind it keep together. */
export const omsClaims: readonly Claim[] = [...placing, ...limits, ...life, ...parcels];
