import type { CrmBatch, CrmCursor, CrmEntity, RecordAddress } from '@tandem/domain';
import type {
  CrmChoices,
  CrmPorts,
  CrmWorld,
  EventFaults,
  Listening,
  OrgFeature,
  ShownRecord,
} from '@tandem/domain/testing';
import { eventually } from '../../support/eventually.js';
import { PublicApiDesk } from './desk.js';
import { CrmGateway } from './gateway.js';
import { OrgApi } from './org-api.js';
import { CHANNELS, crmAdapterOn } from './ports.js';
import { shownIn } from './shown.js';
import type { CrmTarget } from './target.js';

/** The adapter, an org, and what lies between and around them. */
export class SalesforceWorld implements CrmWorld {
  readonly wire: CrmGateway;
  readonly desk: PublicApiDesk;
  private readonly api: OrgApi;
  private readonly adapters = new Map<string, CrmPorts>();
  private readonly others = new Map<OrgFeature, Promise<SalesforceWorld>>();
  private listening: Listening[] = [];
  private keys = 0;

  private constructor(
    private readonly target: CrmTarget,
    private readonly run: string,
  ) {
    this.api = new OrgApi(target.org);
    this.wire = new CrmGateway(target.org.loginUrl);
    this.desk = new PublicApiDesk(this.api, target.org, () => this.wire.sessions, run);
  }

  /** `run` stands in every key, so that runs do not meet in a sandbox. */
  static async around(target: CrmTarget, run: string): Promise<SalesforceWorld> {
    try {
      const world = new SalesforceWorld(target, run);
      await world.wire.open();
      return world;
    } catch (thrown) {
      await target.close();
      throw thrown;
    }
  }

  get site() {
    return this.target.site;
  }
  get lacks() {
    return this.target.lacks;
  }

  ports(choices: CrmChoices = {}): CrmPorts {
    const name = JSON.stringify(choices);
    const adapter = this.adapters.get(name) ?? crmAdapterOn(this.target, this.wire.url, choices);
    this.adapters.set(name, adapter);
    return adapter;
  }

  newKey(): string {
    this.keys += 1;
    return `CK${this.run}-${this.keys}`;
  }

  shown(address: RecordAddress): Promise<ShownRecord | undefined> {
    return shownIn(this.api, address);
  }

  async orgWith(feature: OrgFeature): Promise<SalesforceWorld> {
    if (this.target.org.features.has(feature)) return this;
    const known = this.others.get(feature) ?? this.otherWith(feature);
    this.others.set(feature, known);
    return known;
  }

  async listen(to: CrmEntity | 'requests', after?: CrmCursor): Promise<Listening> {
    const { door, feed } = this.ports();
    const batches: CrmBatch[] = [];
    const channel = { org: this.target.name, name: CHANNELS[to] };
    const subscription = door.open(channel, after, (batch) => {
      batches.push(batch);
      return Promise.resolve();
    });
    const listening: Listening = {
      get envelopes() {
        return batches.flatMap(({ events }) => events.map((event) => feed.open(event)));
      },
      get because() {
        return batches.flatMap(({ because }) => because ?? []);
      },
      get position() {
        return batches.findLast(({ position }) => position !== undefined)?.position;
      },
      ended: subscription.ended,
      close: () => subscription.close(),
    };
    this.listening.push(listening);
    await this.target.listened(this.listening.length);
    return listening;
  }

  sendEvents(faults: EventFaults): Promise<void> {
    return this.target.sendEvents(faults);
  }

  eventually<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
    return eventually(what, probe, { within: 10_000, every: 20 });
  }

  async restore(): Promise<void> {
    this.wire.restore();
    for (const listening of this.listening.splice(0)) await listening.close();
    await this.target.restore();
    for (const other of this.others.values()) await (await other).restore();
  }

  async close(): Promise<void> {
    await this.restore();
    for (const other of new Set(await Promise.all(this.others.values()))) await other.close();
    await this.wire.close();
    await this.target.close();
  }

  private async otherWith(feature: OrgFeature): Promise<SalesforceWorld> {
    for (const other of this.others.values()) {
      const world = await other;
      if (world.target.org.features.has(feature)) return world;
    }
    return SalesforceWorld.around(await this.target.other(feature), `${this.run}X`);
  }
}
