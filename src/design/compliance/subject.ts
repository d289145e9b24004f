/** A process under check, parsed once for all rules. */
import {
  annotate,
  definitionOf,
  elementsOf,
  processIds,
  processOf,
  type Annotations,
  type BpmnElement,
  type DecisionTable,
  type Elements,
  type ParsedDiagram,
  type Process,
} from '../../engine/model/index.js';
import { provisionLabel } from '../../law/regulation/model/index.js';
import type { CheckContext } from './context.js';
import type { Finding } from './finding.js';
import type { Proof } from './proof.js';

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
  /** Of the diagram's bytes, hex; empty if not needed. */
  readonly sha256: string;
}

export interface InForce {
  readonly others: readonly ProcessModel[];
  readonly tables: readonly DecisionTable[];
  /** The version in force of the same process. */
  readonly own?: ProcessModel;
}

/** A rule's finding, before the rule's name is added. */
export interface Said {
  readonly severity?: Finding['severity'];
  /** The element or an id. */
  readonly element: BpmnElement | string;
  /** Provision id or article; default: the element's own. */
  readonly article?: string;
  readonly message: string;
  readonly fix: string;
  readonly proof?: Proof;
  readonly decidedBy?: readonly string[];
}

export type Say = (said: Said) => void;
export type Rule = (subject: Subject, say: Say) => void;

/** Models of the processes with an id; rule 1 reports those without. */
export function modelsOf(diagram: ParsedDiagram): readonly ProcessModel[] {
  return identified(diagram).map((key) => {
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

const identified = (diagram: ParsedDiagram): readonly string[] =>
  processIds(diagram).filter((key) => key !== '');

export const noArticle = '—';

/** Provision of an element: of its own link, else of what contains it. */
export function articleOf(element: BpmnElement | undefined, annotations: Annotations): string {
  for (let at = element; at !== undefined; at = at.$parent) {
    const [link] = annotations.element(at.id ?? '')?.norms ?? [];
    if (link !== undefined) return provisionLabel(link.provision);
  }
  return noArticle;
}
