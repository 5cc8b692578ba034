import type { TenantSettings } from '@tandem/domain/testing';

type Switches = Record<string, string | number | boolean>;

/** As the twin starts. */
export const PLAIN_SWITCHES: Switches = {
  lateCancel: false,
  lateCancelAnswer: '200',
  cancelEndpoints: true,
  searchIndexDelayMs: 0,
  searchMaxSize: 1000,
  statusIds: 'plain',
  parentStatusOnReturn: '8000',
  eventLists: 'all-or-nothing',
  refunds: 'automatic',
  carrierScan: 'off',
  returnAutoApprove: true,
  docTypeShape: 'object',
  itemConditionShape: 'object',
  saveMessage: 'none',
  returnAgeDays: 0,
  hourlyCallBudget: 0,
  overBudgetAnswer: '429',
};

export const PLAIN_CHAOS: Switches = {
  copies: 1,
  shuffleWithinMs: 0,
  dropRatio: 0,
  unknownAttributes: false,
  withoutChangeLog: false,
  datesWithoutFraction: false,
};

const OUTCOMES = { cancelled: '200', partly: 'partial', failed: '300', undecided: '250' };
const PARENTS = { 'pending-return': '8000', returned: '8500' };
const MESSAGES = {
  none: 'none',
  restriction: '10208',
  completed: '10254',
  'payment-declined': 'pay::10002',
  generic: '99999',
};

/** A tenant's settings as the switches of the twin's table. */
export function switchesOf(settings: TenantSettings): Switches {
  const found: Readonly<Record<string, string | number | boolean | undefined>> = {
    lateCancel: settings.lateCancels && settings.lateCancels === 'on',
    lateCancelAnswer: settings.lateCancelOutcome && OUTCOMES[settings.lateCancelOutcome],
    cancelEndpoints: settings.cancelEndpoints,
    searchIndexDelayMs: settings.searchLagMs,
    searchMaxSize: settings.largestSearchPage,
    statusIds: settings.statusSpelling,
    parentStatusOnReturn: settings.parentOnReturn && PARENTS[settings.parentOnReturn],
    eventLists: settings.eventLists,
    refunds: settings.refunds,
    carrierScan: settings.carrierScans && (settings.carrierScans === 'on' ? 'status' : 'off'),
    returnAutoApprove: settings.returnApproval && settings.returnApproval === 'automatic',
    docTypeShape: settings.documentTypeShape,
    itemConditionShape: settings.conditionShape,
    saveMessage: settings.saveMessage && MESSAGES[settings.saveMessage],
    returnAgeDays: settings.returnAgeDays,
    hourlyCallBudget: settings.callsPerHour,
    overBudgetAnswer: settings.overBudget && (settings.overBudget === 'with-wait' ? '429' : '429-without-retry-after'),
  };
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
  );
}
