/** Which doors this installation opens. */
export class Doors {
  /** @param omsEventsQueue the broker's queue that the OMS's publishes arrive on; undefined where there is no broker. */
  constructor(readonly omsEventsQueue: string | undefined) {}
}
