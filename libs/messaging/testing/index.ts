export { eventually } from './eventually.js';
export { LaneStage, notingHandler } from './lane-stage.js';
export { accepted, freshId } from './messages.js';
export { RecordingBus } from './recording-bus.js';
export { contractQueues, messageBusContract, type BusHarness } from './message-bus.contract.js';
export { TcpProxy } from './tcp-proxy.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
