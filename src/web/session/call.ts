/**
 * A call that the agent's telephone software shows: `/intake#call=…&number=…`. What stands after # is never sent to a
 * server; it is taken out of the address at once, so that it stays in no history and is not carried to the sign-in page.
 */
import { shallowRef } from 'vue';
import { basePath } from '../base-path.js';

export interface Call {
  /** By which the telephone system finds the recording; empty if it gave none. */
  readonly id: string;
  /** Empty if it is not shown. */
  readonly number: string;
}

const key = `call${basePath}`;

function read(): Call | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Call);
}

/** The one that the intake form has not taken over yet: kept while the agent signs in. */
export const waitingCall = shallowRef(read());

export function forgetCall(): void {
  sessionStorage.removeItem(key);
  waitingCall.value = undefined;
}

/** @returns whether the fragment names a call */
export function noteCall(fragment: string): boolean {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const call = {
    id: /^[\w.:@+-]{1,100}$/.exec(given.get('call')?.trim() ?? '')?.[0] ?? '',
    number: /^\+?[\d() -]{3,30}$/.exec(given.get('number')?.trim() ?? '')?.[0] ?? '',
  };
  if (!given.has('call') && !given.has('number')) return false;
  if (call.id === '' && call.number === '') return true;
  sessionStorage.setItem(key, JSON.stringify(call));
  waitingCall.value = call;
  return true;
}
