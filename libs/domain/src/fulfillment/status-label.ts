import type { SiteProfile } from '../sites/site-profile.js';
import { STAGES, type Stage } from './stage.js';

/** Words of a site for the one status vocabulary; a status that has none there is said in English. */
export type StatusLabels = NonNullable<SiteProfile['statusLabels']>;

const WORDS: Readonly<Record<Stage | 'submitted', string>> = {
  submitted: 'Sent to the OMS',
  open: 'Ordered',
  'back-ordered': 'Back-ordered',
  allocated: 'Allocated',
  released: 'Released',
  'in-process': 'In process',
  picked: 'Picked',
  packed: 'Packed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  'pending-return': 'Coming back',
  returned: 'Returned',
  cancelled: 'Cancelled',
};

const ENGLISH: Readonly<Record<string, string>> = {
  ...WORDS,
  ...Object.fromEntries(STAGES.map((stage) => [`partially-${stage}`, `Partly ${WORDS[stage].toLowerCase()}`])),
};

/** A status as people read it. */
export const statusLabel = (status: string, labels: StatusLabels = {}): string =>
  labels[status] ?? ENGLISH[status] ?? status;
