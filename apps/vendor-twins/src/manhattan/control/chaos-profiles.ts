import type { PublishingSettings } from '../publishing/publisher.js';
import type { ChaosSwitches } from './chaos.js';
import type { TenantSwitches } from './tenant-switches.js';

/** One named kind of trouble: the switches that it turns, wherever they are. */
export interface ChaosProfile {
  section: string;
  about: string;
  chaos?: Partial<ChaosSwitches>;
  config?: Partial<TenantSwitches>;
  publishing?: Partial<Pick<PublishingSettings, 'consolidated' | 'consolidationMs'>>;
}

/** The trouble that every consumer of the vendor must stand, ready to be switched on by name; what else is on stays on. */
export const CHAOS_PROFILES = {
  duplicate: { section: '§7.1, §10.1', about: 'every message comes three times', chaos: { copies: 3 } },
  reorder: { section: '§7.3, §10.1', about: 'messages overtake one another', chaos: { shuffleWithinMs: 300 } },
  delay: { section: '§2.5b', about: 'messages come late', chaos: { delayMs: 300 } },
  drop: { section: '§10.9, §11', about: 'every fourth message is never sent', chaos: { dropRatio: 0.25 } },
  'unknown-attributes': {
    section: '§2.5, §10.16',
    about: 'attributes of a later release, everywhere',
    chaos: { unknownAttributes: true },
  },
  consolidated: {
    section: '§7.3',
    about: 'several snapshots of an order in one message',
    publishing: { consolidated: true, consolidationMs: 200 },
  },
  'without-change-log': {
    section: '§7.4, §10.15',
    about: 'a template without change log, dates without fraction',
    chaos: { withoutChangeLog: true, datesWithoutFraction: true },
  },
  'server-errors': {
    section: '§2.3',
    about: 'calls answered 500 or 503, before anything happens',
    chaos: { status5xxRatio: 0.3 },
  },
  'expired-token': { section: '§1', about: 'tokens that expire on the way', chaos: { status401Ratio: 0.3 } },
  'lock-wait': { section: '§2.3, §10.32', about: 'saves that wait for a lock in vain', chaos: { lockWaitRatio: 0.3 } },
  'success-with-failure': {
    section: '§2.3, §10.2',
    about: '200 and success, with an ERROR inside and nothing saved',
    chaos: { softFailureRatio: 0.3 },
  },
  'slow-index': { section: '§2.2, §10.11', about: 'search lags behind', config: { searchIndexDelayMs: 5_000 } },
} satisfies Record<string, ChaosProfile>;

/** The profile of that name. */
export function chaosProfile(name: string): ChaosProfile | undefined {
  return Object.entries<ChaosProfile>(CHAOS_PROFILES).find(([known]) => known === name)?.[1];
}
