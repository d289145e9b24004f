import type { Handler } from '../../engine/index.js';
import { accuses } from '../accuses.js';

/**
 * No kind of matter is excluded from an answer on the spot, but an agent cannot establish facts against
 * somebody. Writes `spotConfirmationDue`: under the policy `spotClosing` = `confirm` another person confirms where
 * somebody is accused.
 */
export const judgeSpotClosing: Handler = ({ variables, policies }) => ({
  variables: { spotConfirmationDue: accuses(variables) && policies.value('spotClosing') !== 'free' },
});
