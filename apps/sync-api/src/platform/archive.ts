import type { FeedDelivery } from '@tandem/domain';

/** Foreign messages as they came. */
export abstract class Archive {
  /** By archive id; unknown ids are left out. Header names in lower case, secrets taken out. */
  abstract read(ids: readonly string[]): Promise<ReadonlyMap<string, FeedDelivery>>;
}
