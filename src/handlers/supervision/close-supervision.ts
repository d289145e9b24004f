import type { Handler } from '../../engine/index.js';

/** The matter was handled under supervision. Writes `supervisionResult`; a later supervision states its own ground. */
export const closeSupervision: Handler = () => ({
  variables: { supervisionResult: 'handled', supervisionGround: null, supervisionSince: null },
});
