/** A reply that the hotline passes on, because the unit does not have the caller's contact. */
import { aTruth } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { isTrue } from '../variables.js';
import { declares } from '../declares.js';

const produces = { writes: { relayPending: aTruth } };

/** The unit gave the hotline its reply to pass on. Writes `relayPending`: the caller has no reply yet. */
export const askRelay = declares(produces, () => ({ variables: { relayPending: true } }));

/** The reply was sent back, or its unit is recused: it is not passed on. */
export const relayMoot = (variables: JsonObject): JsonObject =>
  isTrue(variables, 'relayPending') ? { relayPending: false } : {};

/** The caller was told the reply. Writes `relayPending`. */
export const recordRelay = declares(produces, () => ({ variables: { relayPending: false } }));
