import type { TenantConfig } from '../control/tenant-config.js';
import { search } from '../entities/search.js';
import type { Caller } from '../wire/caller.js';
import { success } from '../wire/envelope.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import { epochOf } from '../wire/vendor-time.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { changeStatus } from './change-status.js';
import { applyStep } from './life-steps.js';
import type { MassActions } from './mass-actions.js';
import { pullBack } from './pull-back.js';
import { releaseObstacle } from './release.js';

interface FulfilmentRouteParts {
  ledger: OrderLedger;
  config: TenantConfig;
  massActions: MassActions;
}

type Stepping = Pick<FulfilmentRouteParts, 'ledger' | 'config'>;

const ORDER = '/order/api/order/order';

/** Allocation, release and status by hand (§3.1, §4.1). Bodies that the sheet leaves open take `OrderId` or `OrderIds`. */
export function addFulfilmentRoutes(routes: VendorRoutes, parts: FulfilmentRouteParts): void {
  addSteps(routes, parts);
  addCorrections(routes, parts);
  routes.add('POST', `${ORDER}/massAction`, ({ caller, body }) =>
    success('order', { JobScheduleId: parts.massActions.start(caller, body) }),
  );
  routes.add('POST', '/scheduler/api/scheduler/jobExecution/search', ({ caller, body }) => {
    const { data, header } = search(parts.massActions.jobs(caller.organization), body);
    return success('scheduler', data, [], header);
  });
}

function addSteps(routes: VendorRoutes, parts: Stepping): void {
  const { ledger } = parts;
  for (const step of ['allocate', 'release'] as const) {
    for (const method of ['GET', 'POST'] as const)
      routes.add(method, `${ORDER}/:orderId/${step}`, ({ caller, params }) => {
        const orderId = params.orderId ?? '';
        take(parts, caller, step, orderId, undefined);
        return success('order', ledger.find(caller.organization, orderId) ?? null);
      });
    for (const path of [step, ...(step === 'release' ? ['releaseOrders'] : [])])
      routes.add('POST', `${ORDER}/${path}`, ({ caller, body }) => {
        for (const orderId of orderIds(body)) take(parts, caller, step, orderId, undefined);
        return success('order', null);
      });
    routes.add('POST', `${ORDER}/orderLine/${step}`, ({ caller, body }) => {
      for (const [orderId, lineIds] of linesByOrder(body)) take(parts, caller, step, orderId, lineIds);
      return success('order', null);
    });
  }
}

/** One step of one order by hand. @throws Refusal 400 when there is nothing to do, or why it may not be released (§4.5) */
function take(
  { ledger, config }: Stepping,
  caller: Caller,
  step: 'allocate' | 'release' | 'deallocate',
  orderId: string,
  lineIds: string[] | undefined,
): void {
  const tenant = config.now;
  ledger.change(caller, orderId, (draft, now) => {
    const obstacle = step === 'release' ? releaseObstacle(draft, { now: epochOf(now), tenant }) : undefined;
    if (obstacle) throw invalid('OrderId', `Order ${orderId} cannot be released: ${obstacle.because}`);
    const lines = lineIds?.map((orderLineId) => ({ orderLineId }));
    const moved = applyStep(draft, { after: 0, do: step, ...(lines ? { lines } : {}) }, { now, tenant });
    if (moved === 0) throw invalid('OrderId', `Order ${orderId} has nothing to ${step}`);
  });
}

function addCorrections(routes: VendorRoutes, parts: Stepping): void {
  const { ledger, config } = parts;
  routes.add('POST', `${ORDER}/changeStatus`, ({ caller, body }) => {
    const wanted = rows(body, 'ChangeStatusLine');
    if (wanted.length === 0) throw invalid('ChangeStatusLine', 'ChangeStatusLine is required');
    ledger.change(caller, orderIds(body)[0] ?? '', (draft, now) => {
      for (const line of wanted) changeStatus(draft, line, { now, tenant: config.now });
    });
    return success('order', null);
  });
  routes.add('POST', `${ORDER}/release/cancel`, ({ caller, body }) => {
    const releases = rows(body, 'Release');
    if (releases.length === 0) throw invalid('Release', 'Release is required');
    ledger.change(caller, orderIds(body)[0] ?? '', (draft, now) => {
      for (const release of releases) pullBack(draft, text(release, 'ReleaseId') ?? '', now);
    });
    return success('order', null);
  });
  // Without `postToOrder` the order keeps saying allocated (§4.1).
  routes.add('POST', '/inventory/api/inventory/reservationRequestDetails/deallocate', ({ caller, body }) => {
    const details = rows(body, 'ReservationRequestDetail').map((row) => text(row, 'ReservationRequestDetailId') ?? '');
    const lineIds = details.length > 0 ? details : undefined;
    const orderId = text(body, 'ReservationRequestId') ?? orderIds(body)[0] ?? '';
    if (body.postToOrder === true) take(parts, caller, 'deallocate', orderId, lineIds);
    return success('inventory', null);
  });
  routes.add('POST', `${ORDER}/orderLine/unhold`, ({ caller, body }) => {
    for (const [orderId, lineIds] of linesByOrder(body))
      ledger.change(caller, orderId, (draft) => {
        const lines = rows(draft, 'OrderLine').filter((line) => lineIds.includes(String(line.OrderLineId)));
        for (const hold of lines.flatMap((line) => rows(line, 'OrderLineHold')))
          if (body.HoldTypeId === undefined || hold.HoldTypeId === body.HoldTypeId) hold.StatusId = '2000';
      });
    return success('order', null);
  });
}

function orderIds(body: JsonObject): string[] {
  const many = Array.isArray(body.OrderIds) ? body.OrderIds.map(String) : [];
  const one = text(body, 'OrderId');
  const ids = one === undefined ? many : [one, ...many];
  if (ids.length === 0) throw invalid('OrderIds', 'OrderId or OrderIds is required');
  return ids;
}

/** `OrderLineIdDTOList`, as the re-publishing of lines has it (§3.1). */
export function linesByOrder(body: JsonObject): Map<string, string[]> {
  const wanted = rows(body, 'OrderLineIdDTOList');
  if (wanted.length === 0) throw invalid('OrderLineIdDTOList', 'OrderLineIdDTOList is required');
  const found = new Map<string, string[]>();
  for (const row of wanted) {
    const orderId = String(row.OrderId);
    found.set(orderId, [...(found.get(orderId) ?? []), String(row.OrderLineId)]);
  }
  return found;
}
