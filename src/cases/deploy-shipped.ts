import { deploy, type Deployment, type DeployDeps } from '../engine/index.js';
import { civilDateOf, dayNumberOf, parseCivilDate, startOfDay } from '../kernel/civil-date.js';
import { packageFiles, packageHas, packagesFrom, packageText } from '../kernel/package-content.js';
import { cityPackage } from '../kernel/package-root.js';

/** Every city has these two. */
export const everyCitysProcesses = ['acceptance', 'handling'] as const;

const order = [...everyCitysProcesses, 'supervision', 'assessment', 'accountability'] as const;

/** The processes that the city has, ordered so that callees come before callers. */
export const shippedProcesses = (root = cityPackage()): readonly (typeof order)[number][] =>
  order.filter(
    (name) =>
      everyCitysProcesses.some((always) => always === name) || packageHas(`processes/${name}.bpmn`, root),
  );

export interface ShippedFile {
  readonly key: string;
  readonly source: string;
}

/** Decision tables, and the diagrams whose business rule tasks name them, in order of deployment. */
export function shippedFiles(root = cityPackage()): readonly ShippedFile[] {
  const files = [
    ...packageFiles('processes', '.dmn', root),
    ...shippedProcesses(root).map((name) => `${name}.bpmn`),
  ];
  return files.map((name) => ({
    key: name.replace(/\.\w+$/, ''),
    source: packageText(`processes/${name}`, root),
  }));
}

/** Where the shipped files of the law in force are, and of laws to come, each with its first instant. */
export const shippedFrom = (
  now: Date,
): readonly { readonly root: string; readonly day?: string; readonly from?: Date }[] =>
  packagesFrom(civilDateOf(now)).map(({ root, from: day }) =>
    day === undefined ? { root } : { root, day, from: startOfDay(dayNumberOf(parseCivilDate(day))) },
  );

/** Deploys shipped diagrams and tables that differ from the versions in force, those of a law to come for its first day. */
export async function deployShipped(
  system: Omit<DeployDeps, 'journal'> & { readonly trail: DeployDeps['journal'] },
): Promise<readonly Deployment[]> {
  const deployments: Deployment[] = [];
  for (const { root, from } of shippedFrom(system.clock.now()))
    for (const { source } of shippedFiles(root)) {
      const said = { actor: '系统', ...(from ? { from } : {}) };
      deployments.push(...(await deploy({ ...system, journal: system.trail }, source, said)));
    }
  return deployments;
}
