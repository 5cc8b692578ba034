/**
 * Preloaded into the services of a stack. Descriptor 3 is a pipe from the process that started us: the kernel closes
 * it when that one ends, even by `kill -9`, and nothing of the stack is left behind on its ports.
 */
import { Socket } from 'node:net';

const leash = new Socket({ fd: 3, readable: true, writable: false });
leash.on('error', () => leash.destroy());
leash.on('close', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3000).unref();
});
leash.resume();
leash.unref();
