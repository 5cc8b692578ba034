/** How long a rejected batch rests before it comes again, in milliseconds: short at first, since a lane stands still meanwhile. */
export const redeliveryPauseMs = (failures: number) => Math.min(5_000, 100 * 2 ** Math.min(failures - 1, 10));
