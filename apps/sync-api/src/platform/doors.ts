import type { OmsDoor } from '@tandem/domain';

/** Which doors this installation opens. */
export class Doors {
  /** @param omsQueues the broker's queues that the OMS's publishes arrive on or have died on; none where there is no broker. */
  constructor(readonly omsQueues: readonly string[]) {}
}

/** The doors that pull the OMS's publishes from elsewhere than our own broker. */
export class OmsDoors {
  constructor(readonly all: readonly OmsDoor[]) {}
}
