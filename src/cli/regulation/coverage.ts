import { provisionLabel } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { tableOf } from '../frame/table.js';
import { regulationShown, versionInWords, type Asked } from './shown.js';

/** Prints article × norm × element × scenario × evidence, and the gaps; exit code 1 for any gap. */
export async function coverage(asked: Asked): Promise<Answer> {
  const holding = await regulationShown('coverage', asked);
  const { catalogue, until } = holding;
  const { holes, norms } = holding.coverage;
  if (holes.length > 0) process.exitCode = 1;
  const withoutNorm = articlesWithout(catalogue.provisions);
  const data = {
    regulation: { ...catalogue.version, inForceTo: until },
    norms: norms.map(({ norm, elements, scenarios }) => ({
      id: norm.id,
      provisions: norm.provisions,
      says: norm.says,
      enforceable: norm.enforceable,
      reason: norm.enforceable ? null : norm.reason,
      elements,
      scenarios: scenarios.map(({ name }) => name),
      evidence: norm.evidence,
    })),
    withoutNorm,
    holes,
  };
  const rows = norms.map(({ norm, elements, scenarios }) => [
    norm.provisions.map(provisionLabel).join('、'),
    norm.id,
    norm.enforceable ? norm.says : `${norm.says}\n不必有环节：${norm.reason}`,
    new Set(elements.map(({ process: key, element }) => `${key} ${element}`)).size,
    scenarios.length,
    [...norm.evidence.events, ...norm.evidence.fields].join('\n'),
  ]);
  const words = [
    versionInWords(holding),
    tableOf(['条文', '义务', '内容', '环节', '情景', '证据'], rows),
    ...withoutNorm.map(({ id, reason }) => `${provisionLabel(id)}：${reason}`),
    holes.length === 0 ? '没有空白' : `有 ${String(holes.length)} 处空白：`,
    ...holes.map(({ sentence }) => sentence),
  ].join('\n');
  return { data, words };
}

const articlesWithout = (
  provisions: readonly { readonly id: string; readonly withoutNorm: string | null }[],
): { id: string; reason: string }[] =>
  provisions.flatMap(({ id, withoutNorm }) => (withoutNorm === null ? [] : [{ id, reason: withoutNorm }]));
