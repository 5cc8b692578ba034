/** Our own time. The far sides' times are kept apart from it. */
export abstract class Clock {
  abstract now(): Date;
}
