import type { Handler } from '../../engine/index.js';

/** The return limit (policy `returnLimit`) passed without a return. Writes `returnClosed`. */
export const closeReturn: Handler = () => ({ variables: { returnClosed: true } });
