/**
 * Scenarios that officers stored in the diagrams they test, besides the shipped ones
 * (docs/decisions/law.md). The first diagram takes precedence over later ones and over shipped
 * scenarios.
 */
import { z } from 'zod';
import { isDecisionXml, parseDiagram, type BpmnElement } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { drawnSchema, type Drawn, type Scenario } from './scenario.js';

interface Extended extends BpmnElement {
  readonly extensionElements?: { readonly values?: readonly BpmnElement[] };
}

interface DrawnScenario {
  readonly name: string;
  readonly title: string;
  /** Why the scenario was retired; null if it is active. */
  readonly retired: string | null;
  /** JSON. */
  readonly steps: string;
}

/** @throws {Refusal} `definition.not-bpmn` */
async function drawnIn(source: string): Promise<readonly DrawnScenario[]> {
  // A decision table has none.
  if (isDecisionXml(source)) return [];
  const { root } = await parseDiagram(source);
  return ((root.rootElements ?? []) as readonly Extended[])
    .filter(({ $type }) => $type === 'bpmn:Process')
    .flatMap(({ extensionElements }) => extensionElements?.values ?? [])
    .filter(({ $type }) => $type === 'duty:Scenario')
    .map((one) => ({
      name: text(one, 'name') ?? '',
      title: text(one, 'title') ?? '',
      retired: text(one, 'retired'),
      steps: text(one, 'steps') ?? '',
    }));
}

const text = (element: BpmnElement, property: string): string | null => {
  const value = element.get(property);
  return typeof value === 'string' ? value.trim() : null;
};

/**
 * The active scenarios with these diagrams: for each name the first one in a diagram, else the
 * shipped one; retired ones are left out.
 *
 * @throws {Refusal} `input.invalid` for a scenario that cannot be read
 */
export async function scenariosWith(
  shipped: readonly Scenario[],
  sources: readonly string[],
): Promise<readonly Scenario[]> {
  const drawn = new Map<string, DrawnScenario>();
  for (const source of sources) {
    for (const one of await drawnIn(source)) if (!drawn.has(one.name)) drawn.set(one.name, one);
  }
  const others = shipped.filter(({ name }) => !drawn.has(name));
  const own = [...drawn.values()].filter(({ retired }) => retired === null);
  return [...others, ...own.map(scenarioOf)];
}

/** @throws {Refusal} `input.invalid` */
function scenarioOf({ name, title, steps }: DrawnScenario): Scenario {
  return { ...contentOf(title, steps), name, title, before: [] };
}

function contentOf(title: string, steps: string): Drawn {
  const { data, error } = drawnSchema.safeParse(jsonIn(steps));
  if (data) return data;
  throw new Refusal('input.invalid', `情景“${title}”读不出来：${z.prettifyError(error)}`, {
    where: title,
    remedy: '在“试行”里重走一遍，存回这个情景；不再用的停用',
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
