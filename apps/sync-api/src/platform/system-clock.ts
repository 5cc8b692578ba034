import { Clock } from '@tandem/domain';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
