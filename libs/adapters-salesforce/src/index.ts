export { SalesforceConnection, type SalesforceOrgOptions } from './salesforce-connection.js';
export { SalesforceOrgs } from './salesforce-orgs.js';
export { SalesforceOrders } from './salesforce-orders.js';
export { SalesforceAgentRequests } from './salesforce-agent-requests.js';
export { SalesforceCustomers } from './salesforce-customers.js';
export { SalesforceProjections } from './salesforce-projections.js';
export { DEFAULT_CHANNELS, SalesforceDoor, type ListeningOrg } from './events/salesforce-door.js';
export { SalesforceChangeFeed } from './events/salesforce-change-feed.js';
export { SalesforceOrgReports } from './salesforce-org-reports.js';
