/** Elements of deployed versions by name and meaning; cached, since versions never change. */
import {
  annotate,
  definitionOf,
  diagramSource,
  flowNodes,
  isDecisionXml,
  parseDiagram,
  type ElementAnnotation,
} from '../engine/index.js';
import type { Transaction } from '../platform/database/index.js';

export type Elements = ReadonlyMap<string, ElementAnnotation>;

export interface DefinitionReader {
  /**
   * Elements by id, in the order of the diagram; none for a decision table. @throws {Refusal}
   * `definition.not-found`
   */
  elements(transaction: Transaction, key: string, version: number): Promise<Elements>;
}

export function createDefinitionReader(): DefinitionReader {
  const known = new Map<string, Elements>();
  return {
    elements: async (transaction, key, version) => {
      const name = `${key}@${version}`;
      const before = known.get(name);
      if (before) return before;
      const source = await diagramSource(transaction, key, version);
      if (isDecisionXml(source)) return new Map();
      const diagram = await parseDiagram(source);
      const annotations = annotate(diagram, key);
      const elements = new Map(
        [...flowNodes(definitionOf(diagram, { processId: key })).keys()].flatMap((id) => {
          const element = annotations.element(id);
          return element ? [[id, element] as const] : [];
        }),
      );
      known.set(name, elements);
      return elements;
    },
  };
}
