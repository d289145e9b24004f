import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deploy, type Deployment, type DeployDeps } from '../engine/index.js';
import { cityPackage } from '../kernel/package-root.js';

/** The five processes, ordered so that callees come before callers. */
export const shippedProcesses = [
  'acceptance',
  'handling',
  'supervision',
  'assessment',
  'accountability',
] as const;

export interface ShippedFile {
  readonly key: string;
  readonly source: string;
}

/** Decision tables, and the diagrams whose business rule tasks name them, in order of deployment. */
export async function shippedFiles(): Promise<readonly ShippedFile[]> {
  const folder = join(cityPackage(), 'processes');
  const tables = (await readdir(folder)).filter((name) => name.endsWith('.dmn')).sort();
  const files = [...tables, ...shippedProcesses.map((name) => `${name}.bpmn`)];
  return Promise.all(
    files.map(async (name) => ({
      key: name.replace(/\.\w+$/, ''),
      source: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

/** Deploys shipped diagrams and tables that differ from the versions in force. */
export async function deployShipped(
  system: Omit<DeployDeps, 'journal'> & { readonly trail: DeployDeps['journal'] },
): Promise<readonly Deployment[]> {
  const deployments: Deployment[] = [];
  for (const { source } of await shippedFiles()) {
    deployments.push(...(await deploy({ ...system, journal: system.trail }, source, { actor: '系统' })));
  }
  return deployments;
}
