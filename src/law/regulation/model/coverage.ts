/** Article × norm × element × scenario × evidence, and its gaps. Pure, runs in browsers. */
import {
  annotate,
  flowNodes,
  type definitionOf,
  type ElementAnnotation,
} from '../../../engine/model/index.js';
import { mayStandAt, type Catalogue } from './catalogue.js';
import type { Norm } from './content.js';
import { isWithin, provisionLabel } from './provision-id.js';

type Definition = ReturnType<typeof definitionOf>;

export interface ScenarioProvisions {
  readonly name: string;
  readonly title: string;
  readonly provisions: readonly string[];
}

interface CoveringElement {
  readonly process: string;
  readonly element: string;
  readonly name: string;
  readonly provision: string;
  readonly relation: string;
}

export interface NormCoverage {
  readonly norm: Norm;
  readonly elements: readonly CoveringElement[];
  readonly scenarios: readonly ScenarioProvisions[];
}

interface Hole {
  readonly kind: 'no-element' | 'no-scenario' | 'no-evidence' | 'no-norm' | 'unknown-norm';
  readonly norm: string | null;
  readonly process: string | null;
  readonly element: string | null;
  /** What is missing and what to do, in Chinese. */
  readonly sentence: string;
}

export interface Coverage {
  readonly norms: readonly NormCoverage[];
  readonly holes: readonly Hole[];
}

export function coverageOf(
  catalogue: Catalogue,
  definitions: readonly Definition[],
  scenarios: readonly ScenarioProvisions[],
): Coverage {
  const elements = definitions.flatMap(elementsOf);
  const norms = catalogue.norms.map((norm) => ({
    norm,
    elements: elements.flatMap((element) => linksTo(norm, element)),
    scenarios: scenarios.filter(({ provisions }) => provisions.some((told) => coversNorm(norm, told))),
  }));
  return {
    norms,
    holes: [
      ...norms.flatMap((row) => holesOfNorm(row, elements)),
      ...elements.flatMap((element) => holesOfElement(element, catalogue)),
    ],
  };
}

/** A scenario covers a norm if it names its provision or a part of it; naming a whole article is too vague. */
const coversNorm = (norm: Norm, told: string): boolean =>
  norm.provisions.some((place) => isWithin(told, place));

interface Placed extends ElementAnnotation {
  readonly process: string;
  /** The sub-process that directly contains it. */
  readonly around: ElementAnnotation | undefined;
}

function elementsOf(definition: Definition): Placed[] {
  const annotations = annotate(definition.diagram, definition.key);
  return [...flowNodes(definition)].flatMap(([id, node]) => {
    const element = annotations.element(id);
    const around = annotations.element(node.$parent?.id ?? '');
    return element ? [{ ...element, process: definition.key, around }] : [];
  });
}

const linksTo = ({ id }: Norm, { process, id: element, name, norms }: Placed): CoveringElement[] =>
  norms
    .filter((link) => link.norm === id)
    .map(({ provision, relation }) => ({ process, element, name, provision, relation }));

function holesOfNorm({ norm, elements, scenarios }: NormCoverage, all: readonly Placed[]): Hole[] {
  if (!norm.enforceable) return [];
  const about = `${norm.id} ${norm.provisions.map(provisionLabel).join('、')}（${norm.says}）`;
  const hole = (kind: Hole['kind'], sentence: string): Hole => ({
    kind,
    norm: norm.id,
    process: null,
    element: null,
    sentence: `${about}：${sentence}`,
  });
  const relations: readonly string[] = norm.coveredBy;
  if (!elements.some(({ relation }) => relations.includes(relation))) {
    return [hole('no-element', '没有环节履行；在流程图的一个环节上添加这条义务')];
  }
  const asked = new Set(
    all
      .filter(({ norms }) => norms.some((link) => link.norm === norm.id))
      .flatMap(({ form }) => form.filter((field) => field.required && field.evidence).map(({ key }) => key)),
  );
  const missing = norm.evidence.fields.filter((field) => !asked.has(field));
  return [
    ...(scenarios.length === 0
      ? [hole('no-scenario', '没有情景检验；在 processes/scenarios 写一个，provisions 里写它的条文')]
      : []),
    ...(missing.length > 0
      ? [hole('no-evidence', `表单没有把 ${missing.join('、')} 列为必填、存证，证明不了已经履行`)]
      : []),
  ];
}

const work = new Set(['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:ManualTask', 'bpmn:SendTask']);

function holesOfElement(element: Placed, catalogue: Catalogue): Hole[] {
  const hole = (kind: Hole['kind'], norm: string | null, sentence: string): Hole => ({
    kind,
    norm,
    process: element.process,
    element: element.id,
    sentence: `${element.process} 流程的“${element.name}”（${element.id}）：${sentence}`,
  });
  const wrong = element.norms.flatMap(({ norm: id, provision }) => {
    const norm = catalogue.norm(id);
    if (norm && catalogue.provision(provision) && mayStandAt(norm, provision)) return [];
    return [hole('unknown-norm', id, `目录里没有 ${provision} 的 ${id}；改成目录里的条文和义务`)];
  });
  const without = element.norms.length === 0 && (element.around?.norms.length ?? 0) === 0;
  return work.has(element.type) && without
    ? [...wrong, hole('no-norm', null, '没有写明为哪条义务而设；添加一条，或者删去这个环节')]
    : wrong;
}
