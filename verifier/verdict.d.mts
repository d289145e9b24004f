import type { Finding } from './finding.mjs';
import type { verifyBundle } from './verify.mjs';

type Seen = ReturnType<typeof verifyBundle>['seen'];

/** @param seen undefined if nothing could be read */
export function verdictOf(
  findings: readonly Finding[],
  seen: Seen | undefined,
): {
  readonly state: 'genuine' | 'not-genuine' | 'damaged';
  readonly complete: boolean;
  readonly vouched: boolean;
  readonly conclusion: string;
  readonly sentences: readonly string[];
  readonly next: readonly string[];
};
