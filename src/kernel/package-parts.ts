/**
 * Which optional parts a city has: a process by its diagram, the call-back by the task that asks for
 * the caller's satisfaction. The files are read as they are, since the merging of records depends on
 * the answer.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageParts, type PackagePart } from './law-content.js';
import type { Manifest } from './package-manifest.js';

export function partsIn(manifest: Manifest): readonly PackagePart[] {
  const diagrams = diagramsOf(manifest);
  const dropped = droppedIn(manifest);
  const has = (part: PackagePart): boolean =>
    part === 'call-back'
      ? [...diagrams.values()].some((file) => callsBack(readFileSync(file, 'utf8'), dropped))
      : diagrams.has(`${part}.bpmn`);
  return packageParts.filter(has);
}

/** Files of the diagrams by name: the city's own, else those of its base that it does not drop. */
function diagramsOf({ folder, base, drops }: Manifest): ReadonlyMap<string, string> {
  const processes = join(folder, 'processes');
  const own = existsSync(processes) ? readdirSync(processes).filter((name) => name.endsWith('.bpmn')) : [];
  const all = [
    ...(base ? diagramsOf(base) : []),
    ...own.map((name) => [name, join(processes, name)] as const),
  ];
  return new Map(all.filter(([name]) => !drops.includes(`processes/${name}`)));
}

const droppedIn = ({ base, drops }: Manifest): ReadonlySet<string> =>
  new Set([...drops, ...(base ? droppedIn(base) : [])]);

const asking =
  /<bpmn:userTask([^>]*)>(?:(?!<\/bpmn:userTask>)[^])*?key="satisfaction"|<bpmn:subProcess([^>]* duty:fragment="call-back"[^>]*)>/g;

/** Whether a task asks for it that the law has: `duty:when` names deeds that must be known. */
const callsBack = (text: string, dropped: ReadonlySet<string>): boolean =>
  [...text.matchAll(asking)].some(([, task, fragment]) => {
    const attributes = task ?? fragment ?? '';
    const [, when = ''] = /duty:when="([^"]*)"/.exec(attributes) ?? [];
    return when.split(' ').every((path) => !dropped.has(path.replace(/^deeds\//, 'deeds/deeds/')));
  });
