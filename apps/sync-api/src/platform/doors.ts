import type { OmsDoor } from '@tandem/domain';

/** Which doors this installation opens. */
export class Doors {
  /** @param omsEventsQueue the broker's queue that the OMS's publishes arrive on; undefined where there is no broker. */
  constructor(readonly omsEventsQueue: string | undefined) {}
}

/** The doors that pull the OMS's publishes from elsewhere than our own broker. */
export class OmsDoors {
  constructor(readonly all: readonly OmsDoor[]) {}
}
