/** The sections of the fact sheet whose oddities have to be met, by their own numbers. */
export const ODDITIES: readonly string[] = [
  ...['2.2', '2.3', '2.4', '2.5', '2.6', '2.7'],
  ...['7.1', '7.2', '7.3', '7.4', '7.5', '7.6'],
  ...Array.from({ length: 35 }, (_, index) => `10.${index + 1}`),
];

/** No payload shows these: where they are met instead, or why they are none of ours. */
export const MET_ELSEWHERE: Readonly<Record<string, string>> = {
  '10.10': 'bulkImport is never called: orders/manhattan-orders.spec.ts holds that placing is one save',
  '10.11': 'changes/manhattan-order-changes.spec.ts: a change reads by id, before and after',
  '10.14': 'connection/call-budget.spec.ts: the hourly share, of which orders keep a part',
  '10.20': 'orders/place-rules.spec.ts: such ids are refused before anything is sent',
  '10.24': 'supply is the OMS’s own: we send none',
  '10.25': 'supply is the OMS’s own: we send none',
  '10.33': 'orders/order-save-money.spec.ts: totals of the save agree to the cent',
  '10.34': 'recovery is policy of messaging, not of an adapter',
};
