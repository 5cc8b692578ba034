/** Messages of eventbus.v1 as the loaded proto hands them over (§3.3). */
export interface ProducerEvent {
  id: string;
  schemaId: string;
  payload: Buffer;
}

export interface FetchRequest {
  topicName: string;
  replayPreset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replayId: Buffer;
  numRequested: number;
  authRefresh: string;
}

export interface ConsumerEvent {
  event: ProducerEvent;
  replayId: Buffer;
}

export interface FetchResponse {
  events: readonly ConsumerEvent[];
  latestReplayId: Buffer;
  rpcId: string;
  pendingNumRequested: number;
}

export interface PublishRequest {
  topicName: string;
  events: readonly ProducerEvent[];
  authRefresh: string;
}

export interface CommitReplayRequest {
  commitRequestId: string;
  replayId: Buffer;
}

export interface ManagedFetchRequest {
  subscriptionId: string;
  developerName: string;
  numRequested: number;
  authRefresh: string;
  commitReplayIdRequest: CommitReplayRequest | null;
}
