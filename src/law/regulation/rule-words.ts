/** The official words of each article, and beside them the rules that the program applies, as a lawyer reads them. */
import type { Law } from '../../kernel/law.js';
import {
  articleIdOf,
  bearerTitle,
  certainties,
  limitInWords,
  modalities,
  normKinds,
  provisionLabel,
  voidingActs,
  type Act,
  type Catalogue,
  type DutyRule,
  type Norm,
} from './model/index.js';
import type { OfficialText } from './official-text.js';
import { actInWords, claimInWords, normInWords } from './reason-words.js';

export interface ArticleRow {
  readonly article: string;
  /** Sentences of its paragraphs and items, as published. */
  readonly official: readonly string[];
  /** One line for each part of a rule; lines without content are left out. */
  readonly rules: readonly {
    readonly norm: string;
    readonly at: string;
    readonly lines: readonly string[];
  }[];
  /** The reason, if the article contains no norm. */
  readonly withoutNorm: string | null;
}

export interface RuleNaming {
  readonly law: Law;
  /** A policy's name and value, by its key. */
  readonly policyCalled: (policy: string) => string;
}

/** @param text already compared with the catalogue (`readOfficialText`) */
export const articleRows = (text: OfficialText, catalogue: Catalogue, naming: RuleNaming): ArticleRow[] =>
  catalogue.provisions
    .filter(({ kind }) => kind === 'article')
    .map(({ id, withoutNorm }) => ({
      article: provisionLabel(id),
      official: [...text.sentences].filter(([place]) => articleIdOf(place) === id).map(([, words]) => words),
      rules: catalogue.normsIn(id).map((norm) => ({
        norm: norm.id,
        at: norm.provisions.map(provisionLabel).join('、'),
        lines: partsOf(norm, catalogue, naming)
          .filter(([, words]) => words !== '')
          .map(([about, words]) => `${about}：${words}`),
      })),
      withoutNorm,
    }));

type Part = readonly [about: string, words: string];

function partsOf(norm: Norm, catalogue: Catalogue, { law, policyCalled }: RuleNaming): readonly Part[] {
  const { duty, power, kind, modality, certainty } = norm;
  const bearers = norm.bearers.map((bearer) => bearerTitle(bearer, law)).join('、');
  const named = (ids: readonly string[]): string => ids.map((id) => normInWords(catalogue, id)).join('、');
  const clock = catalogue.vocabulary.clocks.find(({ key }) => key === duty?.clock)?.title ?? '';
  const limit = norm.limit === null ? '' : limitInWords(norm.limit);
  const act = (one: Act): string => actInWords(catalogue, one);
  return [
    ['谁', bearers],
    [modalities[modality], `${norm.says}（${normKinds[kind]}；${certainties[certainty]}）`],
    ['何时', norm.trigger],
    ['期限', [limit, clock].filter(Boolean).join('，计时：')],
    ...(duty ? dutyParts(duty, catalogue, bearers) : []),
    ['谁有权要求', claimInWords(norm, catalogue) ?? ''],
    ['违反以后', named(norm.compensatedBy)],
    ['由人决定', either(power?.decided, catalogue)],
    ['行使', either(power?.used, catalogue)],
    ['例外', norm.exception ?? ''],
    ['是其例外', named(norm.exceptionOf)],
    [
      '代替它们',
      norm.when ? `${act(norm.when)}以后；此前的违反${norm.from === 'start' ? '不算' : '还算'}` : '',
    ],
    ['不得做', norm.forbids.map(act).join('、')],
    ['做了的', norm.forbids.length === 0 ? '' : norm.then === 'record' ? '记下' : '拒绝'],
    ['没有工单欠它', norm.unowed ?? ''],
    ['不必有环节', norm.enforceable ? '' : norm.reason],
    ...norm.openPoints.map(({ question, certainty: sure, policies, note }): Part => {
      const decided = policies.length > 0 ? `由政策${policies.map(policyCalled).join('、')}定` : '';
      const answer = [note, decided].filter(Boolean).join('；') || '没有定';
      return ['条文没有说', `${question}：${answer}（${certainties[sure]}）`];
    }),
  ];
}

function dutyParts(duty: DutyRule, catalogue: Catalogue, bearers: string): readonly Part[] {
  const act = (one: Act): string => actInWords(catalogue, one);
  const waived = duty.waived.map(
    ({ deed, by, when }) =>
      `${act(when)}以后，不必${act({ deed, facts: {} })}（依${normInWords(catalogue, by)}）`,
  );
  const cured = duty.madeGood.map(
    ({ by, when, of }) =>
      `${of === 'missed' ? '超期' : '其他违反'}的，依${normInWords(catalogue, by)}${act(when)}`,
  );
  return [
    ['引起', either(duty.opens, catalogue)],
    ['履行', duty.discharged.map((acts) => acts.map(act).join('和')).join('，或者')],
    ['免除', waived.join('；')],
    ['不再欠', either(voidingActs(duty, catalogue.vocabulary), catalogue)],
    ['不论期限即违反', either(duty.broken, catalogue)],
    ['补救', cured.join('；')],
    ['算在谁名下', chargedIn(duty, catalogue, bearers)],
  ];
}

/** Whom a violation is charged to (`owedByHolder` and the subject's identity). */
function chargedIn({ owedByHolder, subject }: DutyRule, { vocabulary }: Catalogue, bearers: string): string {
  const about = vocabulary.subjects.find(({ key }) => key === subject);
  const whose = `（${about?.title ?? subject}）`;
  if (about?.identity === 'unit') return `行为所写的单位${whose}`;
  return owedByHolder ? `届满时持有事项的单位${whose}` : `${bearers}，不算在承办单位名下${whose}`;
}

const either = (acts: readonly Act[] = [], catalogue: Catalogue): string =>
  acts.map((act) => actInWords(catalogue, act)).join('或者');
