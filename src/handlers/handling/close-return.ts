import type { Handler } from '../../engine/index.js';

/** The unit let the return limit (policy `returnLimit`) pass without sending the sheet back. Writes `returnClosed`. */
export const closeReturn: Handler = () => ({ variables: { returnClosed: true } });
