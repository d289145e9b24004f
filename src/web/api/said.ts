/** What the last act did; the console's shell says it. */
import { shallowRef } from 'vue';
import type { OperationId } from '../../http/contract/operations.js';

export const said = shallowRef<{ readonly text: string } | { readonly did: OperationId }>();

/** @param text what happened · what follows · until when */
export const say = (text: string): void => void (said.value = { text });

export const noteDeed = (did: OperationId): void => void (said.value = { did });
