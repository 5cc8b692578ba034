export { SalesforceConnection, type ApiBudget, type SalesforceOrgOptions } from './salesforce-connection.js';
export { SalesforceOrgs } from './salesforce-orgs.js';
export { SalesforceOrders } from './salesforce-orders.js';
export { SalesforceProjections } from './salesforce-projections.js';
