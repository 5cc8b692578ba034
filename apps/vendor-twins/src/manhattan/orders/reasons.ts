import type { JsonObject } from '../wire/json.js';

interface Reason {
  initiatedBy: 'Customer' | 'System';
  /** A short with this reason goes back to allocation instead of being cancelled (§4.3). */
  reallocateOnShort: boolean;
}

/** The tenant's reasons. Ids look like `1000.000`; names are the vendor's base reasons (§3.6). */
const REASONS: Record<string, Reason> = {
  'Cancel Line': { initiatedBy: 'Customer', reallocateOnShort: false },
  Miscellaneous: { initiatedBy: 'Customer', reallocateOnShort: false },
  'Store Close': { initiatedBy: 'System', reallocateOnShort: false },
  FulfillmentSystemShorted: { initiatedBy: 'System', reallocateOnShort: false },
  'Order Resumed': { initiatedBy: 'System', reallocateOnShort: false },
  'Confirmation Due': { initiatedBy: 'System', reallocateOnShort: false },
  'Cancel of Unallocated Unit': { initiatedBy: 'System', reallocateOnShort: false },
  '1000.000': { initiatedBy: 'Customer', reallocateOnShort: false },
  '2000.000': { initiatedBy: 'System', reallocateOnShort: false },
  'Inventory Not Found': { initiatedBy: 'System', reallocateOnShort: false },
  'Store Reject': { initiatedBy: 'System', reallocateOnShort: true },
};

const SHORT_REASONS = ['Inventory Not Found', 'Store Reject'];

/** Selects `OrderLine::Cancel::Customer` or `::System`; an unlisted reason counts as the customer's. */
export function cancelInitiator(reasonId: string | undefined): 'Customer' | 'System' {
  return (reasonId === undefined ? undefined : REASONS[reasonId]?.initiatedBy) ?? 'Customer';
}

/** The reasons as `reason/search` shows them (§3.6): one row per type that a reason serves. */
export function reasonRows(): JsonObject[] {
  return Object.entries(REASONS).map(([ReasonId, { initiatedBy, reallocateOnShort }]) => ({
    ReasonId,
    Description: ReasonId,
    ReasonTypeId: SHORT_REASONS.includes(ReasonId) ? 'Short' : 'Cancel',
    CancellationInitiatedBy: initiatedBy,
    ReallocateOnShort: reallocateOnShort,
    EligibleForSelfService: initiatedBy === 'Customer',
    EligibleForContactCenter: true,
  }));
}

export function isKnownReason(reasonId: string): boolean {
  return reasonId in REASONS;
}

export function reallocatesOnShort(reasonId: string | undefined): boolean {
  return reasonId !== undefined && (REASONS[reasonId]?.reallocateOnShort ?? false);
}
