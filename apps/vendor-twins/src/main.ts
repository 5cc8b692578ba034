import { parseArgs } from 'node:util';
import { startManhattanTwin } from './manhattan/start-manhattan-twin.js';
import { readSettings, usage, type RunSettings } from './run-settings.js';
import { startSalesforceTwin } from './salesforce/start-salesforce-twin.js';

const options = {
  help: { type: 'boolean', short: 'h' },
  only: { type: 'string' },
  'salesforce-port': { type: 'string' },
  'manhattan-port': { type: 'string' },
  'pubsub-port': { type: 'string' },
  'events-port': { type: 'string' },
} as const;

interface Running {
  url: string;
  pubsub?: string;
  close(): Promise<void>;
}

async function start({ salesforce, manhattan }: RunSettings): Promise<Record<string, Running>> {
  return {
    ...(salesforce ? { salesforce: await startSalesforceTwin(salesforce) } : {}),
    ...(manhattan ? { manhattan: await startManhattanTwin(manhattan) } : {}),
  };
}

async function main() {
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(usage);
  const running = await start(readSettings(values, process.env, import.meta.dirname));
  const urls = Object.entries(running).flatMap(([name, { url, pubsub }]) => [
    [name, url],
    ...(pubsub === undefined ? [] : [[name === 'salesforce' ? 'events' : 'pubsub', pubsub]]),
  ]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(urls))}\n`);
  // Nothing else holds the process, so it ends by itself once both are closed.
  const stop = () => {
    Promise.all(Object.values(running).map((twin) => twin.close())).catch(report);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function report(error: unknown) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch(report);
