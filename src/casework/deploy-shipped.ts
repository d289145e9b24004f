import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deploy, type Deployment, type DeployDeps } from '../engine/index.js';
import { packageRoot } from '../kernel/package-root.js';

/** The five processes, in calling order. */
export const shippedProcesses = [
  'acceptance',
  'handling',
  'supervision',
  'assessment',
  'accountability',
] as const;

/** Deploys shipped diagrams that differ from the versions in force. */
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
