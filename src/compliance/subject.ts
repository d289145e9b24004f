/** One process of the diagram under check, read once for all rules. */
import {
  annotate,
  definitionOf,
  elementsOf,
  processIds,
  processOf,
  type Annotations,
  type BpmnElement,
  type Elements,
  type ParsedDiagram,
  type Process,
} from '../engine/model/index.js';
import { provisionLabel } from '../regulation/model/index.js';
import type { CheckContext } from './context.js';
import type { Finding } from './finding.js';

export interface ProcessModel {
  readonly key: string;
  readonly definition: ReturnType<typeof definitionOf>;
  readonly process: Process;
  readonly elements: Elements;
  readonly annotations: Annotations;
}

export interface Subject extends ProcessModel {
  readonly context: CheckContext;
  readonly inForce: InForce;
  /** Hex, of the diagram's bytes; empty where nothing asks for it. */
  readonly sha256: string;
}

export interface InForce {
  /** The other processes. */
  readonly others: readonly ProcessModel[];
  /** The version in force of the diagram's own process. */
  readonly own?: ProcessModel;
}

/** What a rule says; the rule's name is added by who runs it. */
export interface Said {
  readonly severity?: Finding['severity'];
  /** The element itself, or the id of one. */
  readonly element: BpmnElement | string;
  /** Stable id of the provision, or an article in words; without it the one that the element carries. */
  readonly article?: string;
  readonly message: string;
  readonly fix: string;
}

export type Say = (said: Said) => void;
export type Rule = (subject: Subject, say: Say) => void;

export function modelsOf(diagram: ParsedDiagram): readonly ProcessModel[] {
  return processIds(diagram).map((key) => {
    const definition = definitionOf(diagram, { processId: key });
    const process = processOf(definition);
    return {
      key,
      definition,
      process,
      elements: elementsOf(process),
      annotations: annotate(diagram, key),
    };
  });
}

export const noArticle = '—';

/** The provision that stands behind an element: its own link's, else that of what it lies in. */
export function articleOf(element: BpmnElement | undefined, annotations: Annotations): string {
  for (let at = element; at !== undefined; at = at.$parent) {
    const [link] = annotations.element(at.id ?? '')?.norms ?? [];
    if (link !== undefined) return provisionLabel(link.provision);
  }
  return noArticle;
}
