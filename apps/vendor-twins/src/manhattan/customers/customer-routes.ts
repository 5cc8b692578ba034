import type { Chaos } from '../control/chaos.js';
import type { TenantConfig } from '../control/tenant-config.js';
import type { WriteRecord } from '../control/write-record.js';
import { changedPaths } from '../entities/changed-paths.js';
import { customerShape } from '../entities/customer-shape.js';
import type { EntityStore } from '../entities/entity-store.js';
import { merge } from '../entities/merge.js';
import type { Caller } from '../wire/caller.js';
import { success } from '../wire/envelope.js';
import { text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import { laterThan } from '../wire/vendor-time.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';

export interface CustomerRouteParts {
  customers: EntityStore;
  record: WriteRecord;
  chaos: Chaos;
  config: TenantConfig;
  newId: () => string;
}

/** The customer component (§8): upsert and read by id. */
export function addCustomerRoutes(routes: VendorRoutes, parts: CustomerRouteParts): void {
  routes.add('POST', '/customer/api/customer/customer/save', ({ caller, body }) => save(parts, caller, body), true);

  routes.add('GET', '/customer/api/customer/customer/customerId/:customerId', ({ caller, params }) => {
    const customer = parts.customers.find(caller.organization, params.customerId ?? '');
    if (!customer) throw new Refusal(404, 'CustomerId', `Customer ${params.customerId ?? ''} is not known`);
    return success('customer', customer);
  });
}

function save(
  { customers, record, chaos, config, newId }: CustomerRouteParts,
  caller: Caller,
  body: JsonObject,
): JsonObject {
  if (chaos.strikes('lockWaitRatio'))
    throw new Refusal(500, '99999', 'Lock wait timeout exceeded; try restarting transaction');
  if (chaos.strikes('softFailureRatio'))
    return success('customer', null, [
      { type: 'ERROR', code: '99999', description: 'The customer could not be saved' },
    ]);
  const customerId = String(body.CustomerId ?? '') || idOf(body, config.now.customerIds) || `CU${newId()}`;
  const before = customers.find(caller.organization, customerId);
  const draft: JsonObject = before ? structuredClone(before) : {};
  try {
    merge(customerShape, draft, { ...body, CustomerId: customerId }, newId);
  } catch (error) {
    if (error instanceof Refusal) record.refused(customerId);
    throw error;
  }
  const changed = before ? changedPaths(before, draft) : Object.keys(draft);
  if (changed.length === 0) record.repeated(customerId);
  else store(customers, record, caller, { before, draft, customerId, changed });
  return success('customer', draft);
}

/** `CustomerIdGenerationStrategy` (§8): what an empty id becomes; AUTO, and what has no e-mail or phone, gets a number. */
function idOf(body: JsonObject, strategy: 'AUTO' | 'EMAIL' | 'PHONE'): string {
  if (strategy === 'EMAIL') return text(body, 'Email') ?? '';
  return strategy === 'PHONE' ? (text(body, 'Phone') ?? '') : '';
}

function store(
  customers: EntityStore,
  record: WriteRecord,
  caller: Caller,
  {
    before,
    draft,
    customerId,
    changed,
  }: { before: JsonObject | undefined; draft: JsonObject; customerId: string; changed: string[] },
): void {
  const now = laterThan(before && text(before, 'UpdatedTimestamp'), Date.now());
  if (!before) Object.assign(draft, { OrgId: caller.organization, CreatedBy: caller.user, CreatedTimestamp: now });
  Object.assign(draft, { UpdatedBy: caller.user, UpdatedTimestamp: now });
  customers.put(caller.organization, customerId, draft);
  record.effective(caller, { entity: 'customer', key: customerId, kind: before ? 'update' : 'create', changed });
}
