/** Events as the org would send them: the page calls `preview.hear`. */
const listeners = new Map();

export const isEmpEnabled = () => Promise.resolve(true);
export const onError = () => undefined;

export function subscribe(channel, replayId, callback) {
  listeners.set(channel, callback);
  return Promise.resolve({ channel });
}

export function unsubscribe({ channel }) {
  listeners.delete(channel);
}

globalThis.preview = { hear: (channel, payload) => listeners.get(channel)?.({ data: { payload } }) };
