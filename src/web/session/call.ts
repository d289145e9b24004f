/**
 * A call shown by the agent's telephone software: `/intake#call=…&number=…`. Browsers never send
 * the part after #. It is removed from the URL at once, so that it stays in no history and does not
 * reach the sign-in page.
 */
import { shallowRef } from 'vue';
import { basePath } from '../base-path.js';

export interface Call {
  /** Identifies the recording in the telephone system; empty if there is none. */
  readonly id: string;
  /** Empty if the number is hidden. */
  readonly number: string;
}

const key = `call${basePath}`;

function read(): Call | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Call);
}

/** The call that the intake form has not taken yet; kept while the agent signs in. */
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
