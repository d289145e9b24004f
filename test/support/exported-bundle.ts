/** The bundle of one case, as the program writes it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signer } from '../../src/accountability/index.js';
import { exportTrail } from '../../src/cases/index.js';
import type { TestSystem } from './system.js';

export async function exportedBundle(
  system: TestSystem,
  signer: Signer,
  order: { readonly no: string; readonly requester: string; readonly purpose: string },
  witness?: () => Promise<unknown>,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-bundle-'));
  try {
    const file = join(folder, 'bundle.zip');
    const { no, ...given } = { ...order, exporter: { program: 'hotline test' } };
    const deps = { ...system, signer, ...(witness ? { witness } : {}) };
    await exportTrail(deps, { selection: { stream: no }, format: 'bundle', ...given }, file);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
