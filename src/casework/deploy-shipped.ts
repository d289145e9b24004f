import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deploy, type Deployment, type DeployDeps } from '../engine/index.js';
import { packageRoot } from '../kernel/package-root.js';

/** The five processes of the regulation, in the order in which they call on each other. */
export const shippedProcesses = [
  'acceptance',
  'handling',
  'supervision',
  'assessment',
  'accountability',
] as const;

/** Puts the shipped diagrams in force where their bytes differ from what stands. */
export async function deployShipped(
  system: Omit<DeployDeps, 'journal'> & { readonly trail: DeployDeps['journal'] },
): Promise<readonly Deployment[]> {
  const deployments: Deployment[] = [];
  for (const name of shippedProcesses) {
    const source = await readFile(join(packageRoot, 'processes', `${name}.bpmn`), 'utf8');
    deployments.push(...(await deploy({ ...system, journal: system.trail }, source, { actor: '系统' })));
  }
  return deployments;
}
