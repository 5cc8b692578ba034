import {
  given,
  OmsInventory,
  SuspendingFault,
  TransientFault,
  type Availability,
  type AvailabilityQuestion,
  type PromisedOption,
  type PromiseQuestion,
  type SiteProfile,
} from '@tandem/domain';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import { Fields } from '../feed/fields.js';
import type { JsonObject } from '../json.js';
import { availabilityOf, type AvailabilityView, type AvailabilityViews } from './availability-record.js';
import { promisedOptionsOf, promiseRequest, type PromisingOptions } from './promised-options.js';

export interface InventoryOptions {
  readonly views?: AvailabilityViews;
  /** `Status` of limited stock where its code is missing (§12). */
  readonly limitedStatus?: string;
  /** Items and locations in one call; 50 and 100 where absent, the lowest limits that any page names (§2.7). */
  readonly itemsInCall?: number;
  readonly locationsInCall?: number;
  /** Whether stores that are shut out count all the same; not sent where absent (§6.2). */
  readonly includeStoreExclusions?: boolean;
  /** Who asks, such as `Web`; not sent where absent. */
  readonly source?: string;
  /** By organization. Without its entry an organization makes no promises. */
  readonly promising?: Readonly<Record<string, PromisingOptions>>;
}

/** Stock and promises of the OMS, asked live (§6.2, §6.5). */
export class ManhattanInventory extends OmsInventory {
  constructor(
    private readonly connections: ManhattanConnections,
    private readonly options: InventoryOptions = {},
  ) {
    super();
  }

  override async availability(site: SiteProfile, question: AvailabilityQuestion): Promise<readonly Availability[]> {
    const connection = this.connections.of(site.oms.organization);
    const { itemsInCall = 50, locationsInCall = 100, views = {}, limitedStatus } = this.options;
    const view = views[question.view] ?? {};
    const reading = { views, limitedStatus, published: false };
    const answers: Availability[] = [];
    for (const Items of chunks(question.skus, itemsInCall)) {
      for (const Locations of question.locations ? chunks(question.locations, locationsInCall) : [undefined]) {
        const body = given({ ...this.questionOf(question.view, view), Items, Locations });
        const { data } = await connection.call('POST', pathOf(question, view), body);
        const rows = Fields.of({ data: data ?? [] }, 'availability').children('data');
        const asked = rows.map((row) => availabilityOf(row, { view: question.view }, reading));
        answers.push(...asked.filter(({ sku }) => Items.includes(sku)));
      }
    }
    // A location says nothing of what is not eligible there; the network always answers (§6.1).
    if (question.locations === undefined) assertComplete(question, answers);
    return answers;
  }

  override async promise(site: SiteProfile, question: PromiseQuestion): Promise<readonly PromisedOption[]> {
    if (question.lines.length === 0) return [];
    const { organization } = site.oms;
    const options = this.options.promising?.[organization];
    if (!options) throw withoutPromises(organization);
    const path = `/promising/api/promising/${question.about ?? 'cart'}/atp`;
    const { data } = await this.connections.of(organization).call('POST', path, promiseRequest(question, options));
    return promisedOptionsOf(Fields.of(data, 'promise'));
  }

  private questionOf(name: string, { definitionId }: AvailabilityView): JsonObject {
    const { includeStoreExclusions, source } = this.options;
    return {
      ViewName: name,
      ViewDefinitionId: definitionId,
      IncludeStoreExclusions: includeStoreExclusions,
      Source: source,
    };
  }
}

function pathOf({ locations }: AvailabilityQuestion, { asks = 'quantity' }: AvailabilityView): string {
  const api = asks === 'quantity' ? 'availabilitydetail' : 'availabilitystatus';
  return `/inventory/api/availability/${locations === undefined ? '' : 'location/'}${api}`;
}

/** Each value once, in parts of at most `size`. */
function chunks<Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] {
  const distinct = [...new Set(values)];
  return Array.from({ length: Math.ceil(distinct.length / size) }, (_, part) =>
    distinct.slice(part * size, (part + 1) * size),
  );
}

function assertComplete({ skus, view }: AvailabilityQuestion, answers: readonly Availability[]): void {
  const answered = new Set(answers.map(({ sku }) => sku));
  const missing = new Set(skus.filter((sku) => !answered.has(sku)));
  if (missing.size === 0) return;
  const sentence = `The OMS left ${missing.size} of the items that were asked for out of its answer on the view ${view}.`;
  throw new TransientFault('oms.incomplete_answer', sentence, { context: { view, missing: missing.size } });
}

function withoutPromises(organization: string): SuspendingFault {
  const sentence = `The OMS organization ${organization} is configured without the names that promises need.`;
  return new SuspendingFault('oms.misconfigured', sentence, { context: { organization, options: ['promising'] } });
}
