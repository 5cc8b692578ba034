import type { CrmClaim } from './claim.js';
import { customers } from './customers.contract.js';
import { events } from './events.contract.js';
import { reading } from './reading.contract.js';
import { refusing } from './refusing.contract.js';
import { session } from './session.contract.js';
import { showing } from './showing.contract.js';
import { writing } from './writing.contract.js';

/** Everything that an adapter of a CRM and the CRM behind it keep together. */
export const crmClaims: readonly CrmClaim[] = [
  ...session,
  ...reading,
  ...writing,
  ...showing,
  ...refusing,
  ...customers,
  ...events,
];
