import { deploy, type Deployment, type DeployDeps } from '../engine/index.js';
import { packageFiles, packageHas, packageText } from '../kernel/package-content.js';

/** Every city has these two. */
export const everyCitysProcesses = ['acceptance', 'handling'] as const;

const order = [...everyCitysProcesses, 'supervision', 'assessment', 'accountability'] as const;

/** The processes that the city has, ordered so that callees come before callers. */
export const shippedProcesses = (): readonly (typeof order)[number][] =>
  order.filter(
    (name) => everyCitysProcesses.some((always) => always === name) || packageHas(`processes/${name}.bpmn`),
  );

export interface ShippedFile {
  readonly key: string;
  readonly source: string;
}

/** Decision tables, and the diagrams whose business rule tasks name them, in order of deployment. */
export function shippedFiles(): readonly ShippedFile[] {
  const files = [...packageFiles('processes', '.dmn'), ...shippedProcesses().map((name) => `${name}.bpmn`)];
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
