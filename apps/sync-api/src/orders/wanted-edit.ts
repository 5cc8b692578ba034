import { Injectable } from '@nestjs/common';
import {
  acceptOrder,
  Clock,
  CrmOrders,
  editViolations,
  instantOf,
  orderEdit,
  type PendingRevision,
  type SiteProfile,
  type TrackedOrder,
} from '@tandem/domain';
import { editRefused, orderUnknown } from './order-faults.js';

/** Finds out what of a placed order is otherwise in the CRM by now. */
@Injectable()
export class WantedEdit {
  constructor(
    private readonly crm: CrmOrders,
    private readonly clock: Clock,
  ) {}

  /** Undefined where the CRM says what was agreed. @throws PermanentFault where the edit breaks a rule, or comes too late. */
  async of(site: SiteProfile, tracked: TrackedOrder): Promise<PendingRevision | undefined> {
    const { terms } = tracked.order;
    const captured = await this.crm.read(site, terms.crmOrderId);
    if (!captured) throw orderUnknown(site, terms.crmOrderId);
    const acceptance = acceptOrder(captured, site, instantOf(this.clock.now()), 'at-least');
    if (acceptance.kind === 'refused') throw editRefused(tracked, acceptance.violations);
    const wanted = acceptance.order.terms;
    const edit = orderEdit(terms, wanted);
    if (!edit) return undefined;
    const violations = [...edit.violations, ...editViolations(tracked, edit.wishes, site.edits)];
    if (violations.length > 0) throw editRefused(tracked, violations);
    return { changes: edit.changes, terms: wanted };
  }
}
