/** Solves the challenge for filing; the solver is loaded when somebody files. */
import type { Challenge } from 'altcha-lib';
import type { Input } from '../../api/client.js';

type Work = NonNullable<Input<'fileMatter'>['body']['work']>;

export async function solve(challenge: string): Promise<Work> {
  const { solveChallenge } = await import('altcha-lib');
  const { deriveKey } = await import('altcha-lib/algorithms/web/pbkdf2');
  const solution = await solveChallenge({ challenge: JSON.parse(challenge) as Challenge, deriveKey });
  // The solver gives up after a minute and a half; the program then reports what is missing.
  return { challenge, counter: solution?.counter ?? 0, derivedKey: solution?.derivedKey ?? '-' };
}
