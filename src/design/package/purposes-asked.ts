/**
 * Which purposes a package must name: those that something asks for which it has. The others may be
 * named, and nothing is cited where they are not.
 */
import { annotate, definitionOf, duty, flowNodes, parseDiagram } from '../../engine/index.js';
import { hasPart, partTitles, type Law, type Part, type Purpose } from '../../kernel/law.js';
import type { PackageFinding } from './finding.js';

/** The program itself; a part; a handler (`handler:…`) or a field (`field:…`) of the diagrams. Nobody: never demanded. */
type Asker = 'program' | 'nobody' | Part | `${'handler' | 'field'}:${string}`;

/** The one table of who asks for each purpose. */
const askers: Readonly<Record<Purpose, Asker>> = {
  acceptance: 'program',
  accountability: 'accountability',
  accused: 'field:accusation',
  'assessment-method': 'assessment',
  'assessment-results': 'assessment',
  bodies: 'program',
  'callers-data': 'program',
  'callers-wishes': 'program',
  channels: 'program',
  circular: 'assessment',
  completion: 'nobody',
  'counting-of-days': 'program',
  dispatch: 'nobody',
  'early-warning': 'early-warning',
  'follow-up': 'call-back',
  insult: 'handler:verifyReferral',
  investigation: 'accountability',
  kinds: 'program',
  knowledge: 'knowledge',
  'knowledge-owner': 'knowledge',
  'knowledge-review': 'knowledge',
  'lead-unit': 'nobody',
  'malicious-use': 'handler:verifyReferral',
  'not-handled-after-supervision': 'handler:verifySupervisionPrecondition',
  'poor-results': 'assessment',
  progress: 'program',
  publication: 'assessment',
  recusal: 'field:accusation',
  'recusal-of-persons': 'field:accusation',
  refusal: 'handler:stateRefusal',
  'repeat-not-allowed': 'handler:linkRepeat',
  'repeat-of-handled': 'handler:linkRepeat',
  repeats: 'handler:linkRepeat',
  reply: 'program',
  retaliation: 'accountability',
  'shared-data': 'shared-data',
  sheet: 'program',
  signing: 'nobody',
  supervision: 'supervision',
  'supervision-knowledge': 'nobody',
  'supervision-late': 'supervision',
  'supervision-other': 'nobody',
  'supervision-repeats': 'handler:stateUnsolved',
  'time-limit': 'program',
  trail: 'program',
  'typical-cases': 'assessment',
  'unit-duties': 'knowledge',
  'ways-of-handling': 'program',
};

/** @param sources of the diagrams, by key */
export async function purposesAsked(
  sources: ReadonlyMap<string, string>,
  law: Law,
  where: string,
): Promise<PackageFinding[]> {
  const drawn = new Set<string>();
  for (const [key, source] of sources) {
    const diagram = await parseDiagram(source);
    for (const node of flowNodes(definitionOf(diagram)).values())
      drawn.add(`handler:${duty(node, 'handler') ?? ''}`);
    for (const { form } of annotate(diagram, key).elements)
      for (const { key: field } of form) drawn.add(`field:${field}`);
  }
  const asks = (asker: Asker): string | undefined => {
    if (asker === 'program') return '程序';
    if (asker === 'nobody') return undefined;
    if (isPart(asker)) return hasPart(asker, law) ? partTitles[asker] : undefined;
    return drawn.has(asker) ? `流程图里的 ${asker.replace(/^\w+:/, '')}` : undefined;
  };
  return (Object.entries(askers) as [Purpose, Asker][]).flatMap(([purpose, asker]) => {
    const by = asks(asker);
    if (by === undefined || purpose in law.purposes) return [];
    return [
      {
        ...{ severity: 'error', where, what: `${by}要引用“${purpose}”的条文，purposes 没有写它` },
        fix: `写 "${purpose}": ["artN"]；条例没有规定的，写 {"provisions": [], "cited": "依据什么"}`,
      },
    ];
  });
}

const isPart = (asker: Asker): asker is Part => Object.hasOwn(partTitles, asker);
