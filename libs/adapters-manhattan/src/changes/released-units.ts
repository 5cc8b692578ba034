import { addQuantities } from '@tandem/domain';
import type { Fields } from '../feed/fields.js';
import type { HeldLine, HeldOrder } from './held-order.js';

/** Units of one line that one release still has to send (§4.2). */
export interface ReleasedUnits {
  readonly releaseId: string;
  readonly releaseLineId: string | undefined;
  readonly lineId: string | undefined;
  readonly open: number;
}

/** A release stays when it is over, with all cancelled or fulfilled (§4.2): only what is still open is given. */
export const releasedUnits = (held: HeldOrder, lines: readonly HeldLine[]): readonly ReleasedUnits[] =>
  rowsOf(held, lines).flatMap(([release, row]) => {
    const done = addQuantities([row.quantity('FulfilledQuantity') ?? 0, row.quantity('CancelledQuantity') ?? 0]);
    const open = Number(((row.quantity('Quantity') ?? 0) - done).toFixed(4));
    if (open <= 0) return [];
    return [
      {
        releaseId: release.requiredText('ReleaseId'),
        releaseLineId: row.text('ReleaseLineId'),
        lineId: row.text('OrderLineId'),
        open,
      },
    ];
  });

/** Units were taken out of a release of one of these lines: pulled back, short, or cancelled. */
export const wasTakenOut = (held: HeldOrder, lines: readonly HeldLine[]): boolean =>
  rowsOf(held, lines).some(([, row]) => (row.quantity('CancelledQuantity') ?? 0) > 0);

const rowsOf = (held: HeldOrder, lines: readonly HeldLine[]): readonly (readonly [Fields, Fields])[] =>
  held.fields.children('Release').flatMap((release) =>
    release
      .children('ReleaseLine')
      .filter((row) => lines.some(({ id }) => id === row.text('OrderLineId')))
      .map((row) => [release, row] as const),
  );
