import type { Handler } from '../../engine/index.js';

/** Writes `finding`: what was found before a review, which answers under the same names. */
export const keepFinding: Handler = ({ variables }) => ({
  variables: {
    finding: { established: variables.established ?? null, severity: variables.severity ?? null },
  },
});
