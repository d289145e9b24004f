/** Types for TypeScript programs that run a witness. */
import type { Server } from 'node:http';

/** @returns exit code */
export function runWitness(
  parameters: readonly string[],
  say: (text: string) => void,
  signal?: AbortSignal,
): Promise<number>;

export interface Witness {
  readonly vkey: string;
  /** The body of `add-checkpoint` (C2SP tlog-witness). */
  addCheckpoint(request: string): { readonly status: number; readonly body: string; readonly type?: string };
}

export function serveWitness(witness: Witness, host: string, port: number): Promise<Server>;

/** @param now milliseconds since 1970 */
export function openWitness(folder: string, now: () => number): Witness;
