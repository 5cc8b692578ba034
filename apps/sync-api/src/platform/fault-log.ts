import type { LoggerService } from '@nestjs/common';
import type { SyncFault } from '@tandem/domain';
import type { Message } from '@tandem/messaging';

/** Logs what failed while a message was handled. Ids and codes only: bodies stay in the archive. */
export const faultLog =
  (logger: Pick<LoggerService, 'warn' | 'error'>) =>
  (fault: SyncFault, message: Message | undefined): void => {
    const about = {
      code: fault.code,
      kind: fault.kind,
      message: message?.name,
      messageId: message?.id,
      key: message?.key,
    };
    if (fault.kind === 'defect') logger.error({ ...about, err: fault.cause ?? fault }, fault.message);
    else logger.warn(about, fault.message);
  };
