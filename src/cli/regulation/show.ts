import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { bearerTitle, certainties, isWithin, limitInWords } from '../../law/regulation/index.js';
import { modalities, overlaps, provisionLabel, relations } from '../../law/regulation/index.js';
import type { NormCoverage } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { regulationShown, versionInWords, type Asked } from './shown.js';

/** Prints a provision with its norms, elements, scenarios, evidence and policies. */
export async function show(id: string, asked: Asked): Promise<Answer> {
  const holding = await regulationShown('show', asked);
  const { catalogue, coverage, law, official, until } = holding;
  if (!catalogue.provision(id)) {
    throw new Refusal('usage.invalid', `条例里没有“${id}”这一处`, {
      remedy: `写作 artN（条）、artN.pM（款）、artN.pM.iK（项）；共 ${catalogue.provisions.filter(({ kind }) => kind === 'article').length} 条`,
    });
  }
  const provisions = catalogue.provisions.filter((provision) => isWithin(provision.id, id));
  const rows = coverage.norms.filter(({ norm }) => norm.provisions.some((place) => overlaps(place, id)));
  const reason = provisions[0]?.withoutNorm;
  const officialOf = (provision: string): string | null => official?.sentences.get(provision) ?? null;
  const words = provisions.flatMap((provision) => {
    const sentence = officialOf(provision.id);
    const line = `${provisionLabel(provision.id)} ${provision.words}`;
    return sentence === null ? [line] : [line, `  原文：${sentence}`];
  });
  return {
    data: {
      regulation: { ...catalogue.version, inForceTo: until },
      provisions: provisions.map((provision) => ({
        ...provision,
        label: provisionLabel(provision.id),
        official: officialOf(provision.id),
      })),
      norms: rows.map(({ norm, elements, scenarios }) => ({ ...norm, elements, scenarios })),
    },
    words: [
      versionInWords(holding),
      '',
      ...words,
      ...(reason ? [`没有义务：${reason}`] : []),
      ...rows.flatMap((row) => normInWords(row, law)),
    ].join('\n'),
  };
}

function normInWords({ norm, elements, scenarios }: NormCoverage, law: Law): readonly string[] {
  const relation = (key: string): string => relations[key as keyof typeof relations];
  const who = norm.bearers.map((bearer) => bearerTitle(bearer, law)).join('、');
  return [
    '',
    `${norm.id}（${norm.provisions.map(provisionLabel).join('、')}，${certainties[norm.certainty]}）`,
    `  ${who} ${modalities[norm.modality]}：${norm.says}`,
    `  何时：${norm.trigger}；期限：${limitInWords(norm.limit)}`,
    ...(norm.exception === null ? [] : [`  例外：${norm.exception}`]),
    ...(norm.exceptionOf.length === 0 ? [] : [`  是 ${norm.exceptionOf.join('、')} 的例外`]),
    ...(norm.compensatedBy.length === 0 ? [] : [`  违反之后：${norm.compensatedBy.join(' → ')}`]),
    ...(norm.enforceable ? [] : [`  不必有环节：${norm.reason}`]),
    ...elements.map((one) => `  ${relation(one.relation)}：${one.process} ${one.element}（${one.name}）`),
    ...scenarios.map(({ name, title }) => `  情景：${name}（${title}）`),
    `  证据：${[...norm.evidence.events, ...norm.evidence.fields].join('、') || '无'}`,
    ...norm.openPoints.map(
      ({ question, policies, note }) =>
        `  留白：${question}？${policies.length > 0 ? `政策 ${policies.join('、')}` : (note ?? '没有决定')}`,
    ),
  ];
}
