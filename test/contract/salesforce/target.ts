import type { CrmOrgName, SiteProfile } from '@tandem/domain';
import type { CrmCapability, EventFaults, OrgFeature } from '@tandem/domain/testing';

/** How to sign in to an org, and where. */
export interface Org {
  /** Its My Domain. */
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What an assertion is signed with; undefined where the org has no certificate of ours. */
  readonly assertion:
    { readonly privateKeyPem: string; readonly username: string; readonly audience: string } | undefined;
  /** Of its event bus; undefined where nobody may listen. */
  readonly eventsUrl: string | undefined;
  readonly features: ReadonlySet<OrgFeature>;
}

/** Where the kit is pointed: an org, and what can be done to it beyond its public API. */
export interface CrmTarget {
  readonly name: CrmOrgName;
  readonly org: Org;
  readonly site: SiteProfile;
  readonly lacks: ReadonlyMap<CrmCapability, string>;
  /** The org that has the feature, where this one has it not. */
  other(feature: OrgFeature): Promise<CrmTarget>;
  /** Returns when so many subscriptions reached the org. */
  listened(count: number): Promise<void>;
  sendEvents(faults: EventFaults): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}
