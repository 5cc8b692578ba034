export * from './builders/site.js';
export * from './builders/captured-order.js';
export * from './builders/order.js';
