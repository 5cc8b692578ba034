/** For those who run the service inside their own process: tests, and installations that add to it. */
export { readConnections, readSettings } from './platform/settings.js';
export { readCountries } from './platform/country-files.js';
export { SiteFiles } from './platform/site-files.js';
export { startTracing } from './platform/tracing.js';
export { startService, type RunningService } from './start.js';
