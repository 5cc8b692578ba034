/** On whose behalf a transaction runs. */
export interface Caller {
  user: string;
  organization: string;
  /** Api calls are counted as writes of the caller; steps of a life are the twin's own. */
  by: 'api' | 'life';
  /** W3C trace context of the call, so that a write can be walked back to its cause. */
  traceparent: string | null;
}

/** The twin's own warehouse and schedulers. */
export function twinItself(organization: string): Caller {
  return { user: 'warehouse', organization, by: 'life', traceparent: null };
}
