/** A reply that the hotline passes on, because the unit does not have the caller's contact. */
import { aTruth } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { isTrue } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '承办单位把答复交热线转达：来电人还没有得到答复。',
  writes: { relayPending: aTruth },
};

export const askRelay = declares(produces, () => ({ variables: { relayPending: true } }));

/** The reply was sent back, or its unit is recused: it is not passed on. */
export const relayMoot = (variables: JsonObject): JsonObject =>
  isTrue(variables, 'relayPending') ? { relayPending: false } : {};

export const recordRelay = declares({ ...produces, does: '答复已经转达来电人。' }, () => ({
  variables: { relayPending: false },
}));
