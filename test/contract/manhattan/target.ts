import type { PromisingOptions } from '@tandem/adapters-manhattan';
import type { SiteProfile, Sku } from '@tandem/domain';
import type { Capability, MessageShape, OmsWorld, StockSync, TenantSettings } from '@tandem/domain/testing';
import type { Inbox } from './inbox.js';
import type { Tenant } from './oms-api.js';
import type { ShortReasons } from './warehouse.js';

export type DoorName = Parameters<OmsWorld['messages']['listen']>[0];

/** Where the kit is pointed: a tenant, and what can be done to it beyond its public API. */
export interface Target {
  readonly tenant: Tenant;
  readonly site: SiteProfile;
  readonly lacks: ReadonlyMap<Capability, string>;
  readonly reasons: ShortReasons;
  readonly views: OmsWorld['views'];
  readonly locations: OmsWorld['locations'];
  readonly promising: PromisingOptions;
  readonly unlimited: Sku;
  settings(settings: TenantSettings): Promise<void>;
  advance(milliseconds: number): Promise<void>;
  syncStock(sync: StockSync): Promise<void>;
  /** Opens a door and lets the OMS publish to it. */
  listen(door: DoorName, shape: MessageShape): Promise<Inbox>;
  restore(): Promise<void>;
  close(): Promise<void>;
}
