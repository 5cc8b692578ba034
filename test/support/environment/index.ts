export { findChromium, type FoundChromium } from './chromium.js';
export { freshDatabase, templateDatabase, type FreshDatabase } from './database.js';
export { freePort } from './free-port.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.js';
export { findRabbit, type FoundRabbit } from './rabbit.js';
export { CertificateAuthority, type Certified } from './certificate-authority.js';
export { PrivateBroker } from './private-broker.js';
export { PrivatePostgres } from './private-postgres.js';
