import { deploy, type Deployment, type DeployDeps } from '../engine/index.js';
import { packageFiles, packageText } from '../kernel/package-content.js';

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
export function shippedFiles(): readonly ShippedFile[] {
  const files = [...packageFiles('processes', '.dmn'), ...shippedProcesses.map((name) => `${name}.bpmn`)];
  return files.map((name) => ({
    key: name.replace(/\.\w+$/, ''),
    source: packageText(`processes/${name}`),
  }));
}

/** Deploys shipped diagrams and tables that differ from the versions in force. */
export async function deployShipped(
  system: Omit<DeployDeps, 'journal'> & { readonly trail: DeployDeps['journal'] },
): Promise<readonly Deployment[]> {
  const deployments: Deployment[] = [];
  for (const { source } of shippedFiles()) {
    deployments.push(...(await deploy({ ...system, journal: system.trail }, source, { actor: '系统' })));
  }
  return deployments;
}
