/** Digest of a case's state. The last entry of each step carries it, and the row is compared with it later. */
import { hash } from 'node:crypto';
import type { CaseFile } from '../execution/case-file.js';
import { pack } from './standing.js';

/**
 * SHA-256 in hex over the JSON array of variables, number of instances, end (ISO 8601 or null), and
 * the packed state (standing.ts) without the position in the trail and incidents.
 */
export function stateDigest(file: CaseFile): string {
  const [instances, tasks, deadlines, , lights = [], , said] = pack(file);
  const { variables, instanceCount, endedAt } = file;
  const state = [variables, instanceCount, endedAt, instances, tasks, deadlines, lights];
  return hash('sha256', JSON.stringify(said ? [...state, said] : state));
}
