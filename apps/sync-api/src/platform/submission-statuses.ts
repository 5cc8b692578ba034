import type { CrmOrderId, Violation } from '@tandem/domain';

/** How far a submitted order has come. */
export type SubmissionStatus =
  | { readonly state: 'received'; readonly since: string }
  | {
      readonly state: 'parked';
      readonly code: string;
      readonly sentence: string;
      readonly remedy: string;
      readonly violations: readonly Violation[];
    }
  | { readonly state: 'accepted'; readonly orderNumber: string }
  | {
      readonly state: 'submitted';
      readonly orderNumber: string;
      readonly omsOrderId: string;
      readonly status: string;
      readonly shownInCrm: boolean;
    };

/** Answers from what is kept, without a call to either far side. */
export abstract class SubmissionStatuses {
  /** Throws a PermanentFault (`orders.not_found`) where the order was never submitted. */
  abstract find(site: string, order: CrmOrderId): Promise<SubmissionStatus>;
}
