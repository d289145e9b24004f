import { aTruth } from '../../engine/index.js';
import { accuses } from '../accuses.js';
import { declares } from '../declares.js';

const produces = { writes: { spotConfirmationDue: aTruth } };

/**
 * No kind of matter is excluded from an answer on the spot, but an agent cannot establish facts against
 * somebody. Writes `spotConfirmationDue`: under the policy `spotClosing` = `confirm` another person confirms where
 * somebody is accused.
 */
export const judgeSpotClosing = declares(produces, ({ variables, policies }) => ({
  variables: { spotConfirmationDue: accuses(variables) && policies.value('spotClosing') !== 'free' },
}));
