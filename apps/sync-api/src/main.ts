import { resolve } from 'node:path';
import { faultOf } from '@tandem/domain';
import { readConnections, readSettings } from './platform/settings.js';
import { readCountries } from './platform/country-files.js';
import { SiteFiles } from './platform/site-files.js';
import { startTracing } from './platform/tracing.js';
import { startService } from './start.js';

const HELP = `Usage: npm run sync-api
Runs the service. It is configured by environment variables; .env.example lists them all.
Needs PostgreSQL (TANDEM_DB_URL); with TANDEM_AMQP_URL messages travel over RabbitMQ, else over PostgreSQL.
Ready when GET /health answers 200. The API is described at /docs. SIGTERM stops it cleanly.`;

async function main(): Promise<void> {
  const env = process.env;
  const stopTracing = startTracing(env['OTEL_EXPORTER_OTLP_ENDPOINT']);
  const settings = readSettings(env);
  const sites = new SiteFiles(resolve(env['TANDEM_SITES_FOLDER'] ?? 'config/sites'));
  const countries = readCountries(resolve(env['TANDEM_COUNTRIES_FOLDER'] ?? 'config/countries'));
  const service = await startService({ settings, sites, countries, connections: readConnections(env, sites.all()) });

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    service
      .stop()
      .then(stopTracing)
      .then(() => process.exit(0))
      .catch(ended);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function ended(thrown: unknown): void {
  // A mistake in the configuration is a sentence for a person, and so is a broker that cannot be reached; a defect needs its stack.
  const fault = faultOf(thrown);
  const text = fault.kind !== 'defect' ? fault.message : thrown instanceof Error ? thrown.stack : String(thrown);
  process.stderr.write(`Tandem ended. ${text ?? ''}\n`);
  process.exit(1);
}

if (process.argv.includes('--help')) process.stdout.write(`${HELP}\n`);
else main().catch(ended);
