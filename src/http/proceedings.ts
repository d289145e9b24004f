/** Proceedings against others: a unit whose innocence nobody doubts sees nothing of them in its own case. */
import type { CaseRecord } from '../cases/index.js';
import { instanceOf } from '../accountability/events/index.js';
import { accusedIn } from '../kernel/accused.js';
import { isJsonObject, type Json, type JsonObject } from '../kernel/index.js';
import type { Principal } from '../identity/index.js';
import type { HttpDeps } from './deps.js';

/** The case without the proceedings whose accused is neither the viewer's unit nor below it. */
export function seenBy<View extends Pick<CaseRecord, 'file' | 'processes' | 'deadlines' | 'trail'>>(
  view: View,
  { sight, units }: Principal,
  definitions: Pick<HttpDeps['definitions'], 'byId'>,
): View {
  if (sight.kind === 'all') return view;
  const isTheirs = (name: Json | undefined): boolean => (units as readonly unknown[]).includes(name);
  const own = objectIn(view.file.variables, 'ownVariables');
  const concerns = (instance: number): boolean => {
    const { accused, accusedPath } = objectIn(own, String(instance));
    const path = isJsonObject(accusedPath) ? accusedPath : {};
    const stated = accusedIn(accused);
    return (
      (stated?.kind === 'unit' && isTheirs(stated.key)) ||
      isTheirs(path.body) ||
      (Array.isArray(path.superiors) && isTheirs((path.superiors as readonly Json[])[0]))
    );
  };
  const proceedings = [
    ...[...view.file.instances.values()]
      .filter(({ definitionId }) => definitions.byId(definitionId).annotations.own.includes('accused'))
      .map(({ number }) => number),
    ...Object.keys(own)
      .filter((instance) => objectIn(own, instance).accused !== undefined)
      .map(Number),
  ];
  const hidden = new Set(proceedings.filter((instance) => !concerns(instance)));
  if (hidden.size === 0) return view;
  const isSeen = ({ instance }: { readonly instance: number }): boolean => !hidden.has(instance);
  return {
    ...view,
    file: {
      ...view.file,
      tasks: new Map([...view.file.tasks].filter(([, task]) => isSeen(task))),
    },
    processes: view.processes.filter(isSeen),
    deadlines: view.deadlines.filter(isSeen),
    trail: view.trail.filter((entry) => !hidden.has(instanceOf(entry) ?? 0)),
  };
}

const objectIn = (variables: JsonObject, name: string): JsonObject => {
  const value = variables[name];
  return isJsonObject(value) ? value : {};
};
