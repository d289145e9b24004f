import { shippedDiagrams } from './shipped-diagrams.js';
import { annotate, definitionOf, parseDiagram } from '../../src/engine/index.js';
import { shippedPolicies } from '../../src/law/policy/index.js';
import { shippedScenarios, type Surroundings } from '../../src/law/regulation/index.js';

/** The shipped files that depend on the regulation. */
export async function shippedSurroundings(): Promise<Surroundings> {
  const diagrams = [];
  for (const source of shippedDiagrams()) {
    const { key, diagram } = definitionOf(await parseDiagram(source));
    diagrams.push({ process: key, elements: annotate(diagram, key).elements });
  }
  return {
    diagrams,
    policies: shippedPolicies().all,
    scenarios: shippedScenarios(),
    tables: [],
    documents: [{ name: 'sample', title: '示例', text: '您的诉求已转办，承办单位将在五个工作日内答复。' }],
  };
}
