import {
  given,
  OmsAvailabilityFeed,
  omsOrganization,
  type AvailabilityPublish,
  type FeedDelivery,
} from '@tandem/domain';
import { Fields, unreadable } from '../feed/fields.js';
import { openBody, type Attributes } from '../feed/message-layers.js';
import { isRecord } from '../json.js';
import { parseMoment } from '../moment.js';
import {
  readAvailabilityMessage,
  wordsOf,
  type AvailabilityMessage,
  type PlacedRecord,
} from './availability-message.js';
import { availabilityOf, locationOf, viewOf, type AvailabilityViews } from './availability-record.js';

type Kind = AvailabilityPublish['kind'];

export interface AvailabilityFeedOptions {
  readonly views?: AvailabilityViews;
  readonly limitedStatus?: string;
  /**
   * What messages of a type are, where the tenant's names do not tell (§12): by the whole `MSG_TYPE` or `QueueName`, or by the base type in
   * an external name such as `OB_XINT_<base>_GCPMT` (§7.2).
   */
  readonly messageTypes?: Readonly<Record<string, Kind>>;
}

/** The first row any of whose words was said decides. Wrapper names and discriminators are not published (§6.3, §12). */
const KINDS: readonly (readonly [words: readonly string[], kind: Kind])[] = [
  [['change', 'changes'], 'change'],
  [['alert', 'alerts'], 'alert'],
  [['delta'], 'delta'],
  [['start', 'started', 'begin', 'startsync', 'syncstart'], 'sync-start'],
  [['end', 'ended', 'finish', 'finished', 'complete', 'completed', 'endsync', 'syncend'], 'sync-end'],
  [['sync', 'syncdetails', 'syncdetail'], 'sync-details'],
];

/** Availability as the OMS publishes it: alerts, changes, full and delta syncs (§6.3). */
export class ManhattanAvailabilityFeed extends OmsAvailabilityFeed {
  constructor(private readonly options: AvailabilityFeedOptions = {}) {
    super();
  }

  override read(delivery: FeedDelivery): AvailabilityPublish {
    const { attributes, content, path } = openBody(delivery);
    if (typeof content !== 'object' || content === null) throw unreadable(path || 'body', 'object.expected');
    const message = readAvailabilityMessage(content, path);
    const kind = this.kindOf(attributes, message);
    // An empty page is sent where the tenant wants it so, and Start and End hold nothing anyway (§6.3).
    if (message.records.length === 0 && !kind.startsWith('sync-')) throw unreadable('ItemId', 'value.missing');
    const { views = {}, limitedStatus } = this.options;
    const sentAt = parseMoment(attributes['msg_submission_time_utc'] ?? '');
    return given({
      organization: organizationOf(attributes, content, path),
      kind,
      run: message.run,
      page: message.page,
      records: message.records.map(({ row, around }) =>
        availabilityOf(row, { ...around, at: around.at ?? sentAt }, { views, limitedStatus, published: true }),
      ),
    });
  }

  private kindOf(attributes: Attributes, message: AvailabilityMessage): Kind {
    const type = attributes['msg_type'] ?? attributes['outbound_msg_type'] ?? '';
    const configured = this.configured(type) ?? this.configured(attributes['queuename'] ?? '');
    if (configured) return configured;
    const said = new Set([...message.words, ...wordsOf(type)]);
    const [, kind] = KINDS.find(([words]) => words.some((word) => said.has(word))) ?? [];
    if (kind) return kind === 'sync-details' ? this.detailsOf(message) : kind;
    const isSync = message.run !== undefined || message.page !== undefined;
    if (isSync) return this.detailsOf(message);
    if (message.records.length > 0) return 'alert';
    throw unreadable('ItemId', 'value.missing');
  }

  private configured(type: string): Kind | undefined {
    const { messageTypes = {} } = this.options;
    const base = /^OB_XINT_(.+?)_GCP(MT|Q.*)$/.exec(type)?.[1] ?? type;
    return [type, base].flatMap((name) => (Object.hasOwn(messageTypes, name) ? (messageTypes[name] ?? []) : []))[0];
  }

  /** Details of a delta have the shape of those of a full sync. Of networks there is no delta; of a location the view's setting tells. */
  private detailsOf({ records }: AvailabilityMessage): Kind {
    const { views = {} } = this.options;
    const isDelta = ({ row, around }: PlacedRecord) => views[viewOf(row, around) ?? '']?.locationDetails === 'delta';
    const located = records.filter(({ row, around }) => locationOf(row, around) !== undefined);
    return located.length > 0 && located.length === records.length && located.every(isDelta) ? 'delta' : 'sync-details';
  }
}

function organizationOf(attributes: Attributes, content: object, path: string) {
  const told = attributes['organization'];
  if (told !== undefined) return omsOrganization(told);
  const fields = Fields.of(isRecord(content) ? content : {}, path);
  return omsOrganization(fields.text('OrgId') ?? fields.text('Organization') ?? fields.requiredText('OrganizationId'));
}
