import type { ScriptedAnswer } from '../scripted-vendor.js';

/** What is claimed, with its section; what the OMS answers; and what the adapter is to make of it: a part of it, or of a fault. */
export type Transcript = readonly [claim: string, answer: ScriptedAnswer, yields: object];

/** The same of a message, which comes with attributes. */
export type MessageTranscript = readonly [
  claim: string,
  message: { readonly attributes?: Readonly<Record<string, string>>; readonly body: unknown },
  yields: object,
];

export const fault = (kind: string, code: string) => ({ kind, code });
export const UNREADABLE = fault('permanent', 'oms.unreadable_message');
export const UNMAPPED = fault('permanent', 'oms.unmapped_status');
