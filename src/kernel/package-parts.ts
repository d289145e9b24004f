/**
 * Which optional parts a city has: a process by its diagram, the call-back by the step that asks for
 * the caller's satisfaction. The files are read as they are, since the merging of records depends on
 * the answer.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageParts, type PackagePart } from './law-content.js';
import type { Manifest } from './package-manifest.js';

const callsBack = /key="satisfaction"|duty:fragment="call-back"/;

export function partsIn({ folder, base, drops }: Manifest): readonly PackagePart[] {
  const diagrams = [folder, ...(base ? [base.folder] : [])].flatMap((root) => {
    const processes = join(root, 'processes');
    const names = existsSync(processes) ? readdirSync(processes) : [];
    return names.filter((name) => name.endsWith('.bpmn')).map((name) => ({ root, name }));
  });
  const used = diagrams.filter(({ name }) => !drops.includes(`processes/${name}`));
  const has = (part: PackagePart): boolean =>
    part === 'call-back'
      ? used.some(({ root, name }) => callsBack.test(readFileSync(join(root, 'processes', name), 'utf8')))
      : used.some(({ name }) => name === `${part}.bpmn`);
  return packageParts.filter(has);
}
