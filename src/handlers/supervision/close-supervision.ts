import type { Handler } from '../../engine/index.js';

/** The matter was handled under supervision. Writes `supervisionResult`. */
export const closeSupervision: Handler = () => ({ variables: { supervisionResult: 'handled' } });
