/** A set of definitions treated as in force without deployment, for rehearsals. */
import { Refusal } from '../../kernel/index.js';
import { processOf } from '../model/definition.js';
import {
  annotate,
  definitionOf,
  isDecisionXml,
  parseDecision,
  parseDiagram,
  processIds,
} from '../model/index.js';
import type { Definitions, DeployedDefinition, DeployedTable } from './definitions.js';

export interface DefinitionSet extends Definitions {
  readonly all: readonly DeployedDefinition[];
}

/**
 * @param sources BPMN XML; each may hold several processes; and DMN XML of decision tables
 * @throws {Refusal} `definition.not-bpmn`
 */
export async function definitionSet(sources: readonly string[]): Promise<DefinitionSet> {
  const all: DeployedDefinition[] = [];
  const tables = new Map<string, DeployedTable>();
  for (const source of sources) {
    if (isDecisionXml(source)) {
      const table = await parseDecision(source);
      tables.set(table.key, { id: -1 - tables.size, key: table.key, version: 1, table });
      continue;
    }
    const diagram = await parseDiagram(source);
    for (const key of processIds(diagram)) {
      const definition = definitionOf(diagram, { processId: key });
      all.push({
        id: all.length + 1,
        key,
        version: 1,
        name: processOf(definition).name ?? key,
        definition,
        sha256: '',
        deployedAt: new Date(0),
        annotations: annotate(diagram, key),
      });
    }
  }
  const byKey = new Map(all.map((definition) => [definition.key, definition]));
  const everything = new Map(all.map(({ key, definition }) => [key, definition]));
  const linked = new Map(
    all.map((deployed) => [
      deployed.key,
      deployed.annotations.calledKeys.length === 0
        ? deployed.definition
        : definitionOf(deployed.definition.diagram, { processId: deployed.key, called: everything }),
    ]),
  );
  return {
    all,
    byId: (id) => {
      const found = all[id - 1];
      if (found) return found;
      throw new Refusal('definition.not-found', `没有编号为 ${id} 的流程`);
    },
    inForce: (key) => byKey.get(key),
    table: (key) => tables.get(key),
    startedBy: (message) => {
      for (const deployed of all) {
        const event = deployed.annotations.messageStarts.get(message);
        if (event !== undefined) return { deployed, event };
      }
      return undefined;
    },
    withElement: (element) => all.find(({ annotations }) => annotations.element(element)),
    pinned: (deployed) => linked.get(deployed.key) ?? deployed.definition,
    pinsOf: () => ({}),
  };
}
