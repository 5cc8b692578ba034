export { startManhattanTwin } from './manhattan/start-manhattan-twin.js';
export type { ManhattanTwin, ManhattanTwinOptions, TwinUser } from './manhattan/start-manhattan-twin.js';
export { describeManhattanTwin } from './manhattan/sheet/describe-twin.js';
export { startSalesforceTwin } from './salesforce/start-salesforce-twin.js';
export type { Features, SalesforceTwinOptions, TwinClient } from './salesforce/options.js';
