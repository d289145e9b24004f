import type { Handler } from '../../engine/index.js';
import { textOf } from '../variables.js';

/**
 * No kind of matter is excluded from an answer on the spot, but an agent cannot establish facts against
 * somebody. Writes `spotConfirmationDue`: under the policy `spotClosing` = `confirm` another person confirms where
 * somebody is accused.
 */
export const judgeSpotClosing: Handler = ({ variables, policies }) => {
  const accusation = textOf(variables, 'accusation');
  const accuses =
    textOf(variables, 'accusedUnit') !== undefined || (accusation !== undefined && accusation !== 'matter');
  return {
    variables: { spotConfirmationDue: accuses && policies.value('spotClosing') !== 'free' },
  };
};
