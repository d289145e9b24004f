/**
 * Lists everything in a catalogue's content, one fact per line: the subject, the field, and the
 * value in words. The list is complete, because a change that no line shows would be a change that
 * nobody has seen.
 */
import type { Law } from '../../../kernel/law.js';
import { roleName } from '../../../kernel/role-name.js';
import { bearerTitle, certainties, lights, modalities, normKinds, relations } from '../model/words.js';
import { idOfArticle } from '../model/catalogue.js';
import type { CatalogueContent, Norm } from '../model/content.js';
import { limitInWords } from '../model/limits.js';
import type { Act } from '../model/deeds.js';
import { provisionLabel } from '../model/provision-id.js';

/** The subject of a fact. `law`: the version itself, or a part that belongs to no article. */
export type Thing = 'provision' | 'norm' | 'deed' | 'clock' | 'level' | 'measure' | 'purpose' | 'law';

export interface Fact {
  /** Unique within a content: subject and field. */
  readonly key: string;
  readonly thing: Thing;
  /** Id of the subject; for a provision, the provision's id. */
  readonly id: string;
  /** Name of subject and field, in Chinese. */
  readonly about: string;
  readonly field: string;
  /** Canonical JSON: what is compared. */
  readonly value: string;
  /** Called only for facts that differ. */
  readonly words: (law: Law) => string;
}

type Content = CatalogueContent;
type Words = (value: unknown, law: Law) => string;

export function factsOf(content: Content): readonly Fact[] {
  return [
    ...ofThing('law', 'version', '条例的这一版', content.version, versionFields),
    ...content.chapters.flatMap((chapter) => [
      fact('law', `chapter-${chapter.chapter}`, `第 ${chapter.chapter} 章`, ['title', '标题'], chapter.title),
      ...chapter.articles.flatMap((article) => ofArticle(article, content)),
    ]),
    ...ofVocabulary(content),
    ...content.purposes.levels.flatMap((level, place) =>
      ofThing('level', level.key, `级别“${level.title}”`, { ...level, place: place + 1 }, levelFields),
    ),
    ...ofRecord('law', 'city', '城市的名称', { names: content.purposes.city }),
    ...ofRecord('purpose', 'norms', '按义务认的期限', content.purposes.norms),
    ...Object.entries(content.purposes.purposes).map(([purpose, found]) =>
      fact('purpose', purpose, '程序引用条文的一处', ['cited', purpose], found, () =>
        ('cited' in found ? [found.cited] : found.map(provisionLabel)).join('、'),
      ),
    ),
    ...Object.entries(content.measures.measures).flatMap(([key, { label, ...measure }]) =>
      ofRecord('measure', key, `考核的量“${label}”`, { label, ...measure }),
    ),
    ...ofRecord('measure', 'kind', '考核的量怎样认五类', content.measures.kind),
    ...content.legalBases.map((basis) =>
      fact(
        'law',
        basis.title + basis.article,
        `法定时限《${basis.title}》${basis.article}`,
        ['all', '全文'],
        basis,
      ),
    ),
    ...restOf(content),
  ];
}

const versionFields: Readonly<Record<string, string>> = {
  inForceFrom: '施行日',
  inForceTo: '停止施行日',
  title: '名称',
  source: '依据',
  articles: '条数',
};
const levelFields: Readonly<Record<string, string>> = {
  title: '名称',
  reported: '回放里的名称',
  sign: '符号',
  light: '灯号',
  process: '流程',
  place: '次序',
};

/** Parts of a content that a later program may add count as facts, too. */
function restOf(content: Content): Fact[] {
  const known = new Set(['version', 'chapters', 'vocabulary', 'purposes', 'measures', 'legalBases']);
  const rest = [
    ...Object.entries(content).filter(([key]) => !known.has(key)),
    ...Object.entries(content.purposes).filter(
      ([key]) => !['city', 'levels', 'norms', 'purposes'].includes(key),
    ),
    ...Object.entries(content.measures).filter(([key]) => !['measures', 'kind'].includes(key)),
  ];
  return rest.map(([key, value]) => fact('law', key, '条例的数据', [key, key], value));
}

type Article = Content['chapters'][number]['articles'][number];

function ofArticle(article: Article, content: Content): Fact[] {
  const id = idOfArticle(article);
  const place = (at: string, said: string): Fact =>
    fact('provision', at, provisionLabel(at), ['words', at === id ? '条名' : '内容'], said);
  return [
    place(id, article.heading),
    ...(article.withoutNorm === null
      ? []
      : [fact('provision', id, provisionLabel(id), ['withoutNorm', '为什么没有义务'], article.withoutNorm)]),
    ...article.paragraphs.flatMap(({ words, items }, index) => [
      place(`${id}.p${index + 1}`, words),
      ...items.map((item, at) => place(`${id}.p${index + 1}.i${at + 1}`, item)),
    ]),
    ...article.norms.flatMap(({ duty, id: norm, ...fields }) => {
      const about = `${provisionLabel(fields.provisions[0] ?? id)} ${norm}`;
      return [
        ...ofThing('norm', norm, about, fields, normFields, content),
        ...(duty ? ofThing('norm', norm, about, duty, dutyFields, content) : []),
      ];
    }),
  ];
}

const normFields: Readonly<Record<string, string>> = {
  provisions: '所在条款',
  bearers: '谁',
  modality: '应当、可以还是不得',
  kind: '怎样算办到',
  says: '做什么',
  trigger: '何时',
  limit: '期限',
  extension: '延期',
  exception: '例外',
  exceptionOf: '是谁的例外',
  when: '例外从哪个行为起',
  from: '例外以前的违反还算不算',
  forbids: '不得做哪些行为',
  then: '做了怎样',
  claimant: '谁有权要求',
  demand: '以哪个行为要求',
  compensatedBy: '违反之后',
  certainty: '把握',
  evidence: '证据',
  openPoints: '留白',
  enforceable: '须有环节履行',
  reason: '为什么不必有环节',
  coveredBy: '环节怎样履行',
  power: '权限',
};
const dutyFields: Readonly<Record<string, string>> = {
  subject: '关于什么',
  opens: '由哪些行为引起',
  clock: '哪个期限届满即违反',
  owedByHolder: '由持有事项的单位欠',
  discharged: '由哪些行为履行',
  waived: '免除',
  void: '不再欠',
  broken: '不因期限而违反',
  madeGood: '怎样补救',
};

function ofVocabulary({ vocabulary }: Content): Fact[] {
  const { deeds, clocks, subjects, holders, orders, withholding } = vocabulary;
  return [
    ...deeds.flatMap((deed) =>
      ofThing('deed', deed.name, `行为“${deed.title}”`, deed, {
        title: '名称',
        by: '谁可以做',
        handlers: '哪些程序做',
        subject: '关于什么',
        facts: '带哪些事实',
        effect: '作用',
        reaches: '告知来电人',
        shown: '给来电人看什么',
        apart: '须由不同的人做',
      }),
    ),
    ...clocks.flatMap((clock) =>
      ofThing('clock', clock.key, `期限“${clock.title}”`, clock, {
        title: '名称',
        window: '过了只是不能再做',
        limit: '长短',
      }),
    ),
    ...subjects.flatMap((one) => ofRecord('law', `subject-${one.key}`, `对象“${one.title}”`, one)),
    ...ofRecord('law', 'holders', '谁持有事项', Object.fromEntries(holders.entries())),
    ...ofRecord('law', 'orders', '先后', Object.fromEntries(orders.entries())),
    fact('law', 'withholding', '依法不显示的', ['all', '全部'], withholding),
  ];
}

function ofThing(
  thing: Thing,
  id: string,
  about: string,
  fields: object,
  titles: Readonly<Record<string, string>>,
  content?: Content,
): Fact[] {
  return Object.entries(fields).map(([field, value]: [string, unknown]) =>
    fact(thing, id, about, [field, titles[field] ?? field], value, (said, law) =>
      inWords(field, said, content, law),
    ),
  );
}

const ofRecord = (thing: Thing, id: string, about: string, fields: object): Fact[] =>
  Object.entries(fields).map(([field, value]: [string, unknown]) =>
    fact(thing, id, about, [field, field], value),
  );

function fact(
  thing: Thing,
  id: string,
  about: string,
  [key, field]: readonly [string, string],
  value: unknown,
  words: Words = plain,
): Fact {
  return {
    key: `${thing} ${id} ${key}`,
    thing,
    id,
    about,
    field,
    value: JSON.stringify(value ?? null),
    words: (law) => words(value, law),
  };
}

const plain = (value: unknown): string =>
  value === null || value === undefined
    ? '没有'
    : typeof value === 'string'
      ? value
      : typeof value === 'boolean'
        ? value
          ? '是'
          : '否'
        : JSON.stringify(value);

function inWords(field: string, value: unknown, content: Content | undefined, law: Law): string {
  if (Array.isArray(value) && value.length === 0) return field === 'by' ? '程序、来电人' : '没有';
  switch (field) {
    case 'bearers':
      return (value as string[]).map((bearer) => bearerTitle(bearer, law)).join('、');
    case 'by':
      return (value as string[]).map((role) => roleName(role, law)).join('、');
    case 'light':
      return lights[value as keyof typeof lights];
    case 'modality':
      return modalities[value as keyof typeof modalities];
    case 'kind':
      return typeof value === 'string' && value in normKinds
        ? normKinds[value as keyof typeof normKinds]
        : plain(value);
    case 'certainty':
      return certainties[value as keyof typeof certainties];
    case 'coveredBy':
      return (value as (keyof typeof relations)[]).map((one) => relations[one]).join('、');
    case 'provisions':
      return (value as string[]).map(provisionLabel).join('、');
    case 'limit':
      return limitInWords(value as Norm['limit']);
    case 'compensatedBy':
    case 'exceptionOf':
      return (value as string[]).map((id) => saysOf(content, id)).join('、');
    case 'subject':
      return content?.vocabulary.subjects.find(({ key }) => key === value)?.title ?? plain(value);
    case 'clock':
      return content?.vocabulary.clocks.find(({ key }) => key === value)?.title ?? plain(value);
    case 'when':
      return value ? actInWords(content, value as Act) : plain(value);
    case 'from':
      return value === 'start' ? '不算' : '还算';
    case 'then':
      return value === 'record' ? '记下' : '拒绝';
    case 'forbids':
    case 'opens':
    case 'void':
    case 'broken':
      return (value as Act[]).map((act) => actInWords(content, act)).join('或者');
    case 'discharged':
      return (value as Act[][])
        .map((list) => list.map((act) => actInWords(content, act)).join('，并且'))
        .join('；或者');
    case 'madeGood':
    case 'waived':
      return (value as { by: string; when: Act }[])
        .map(({ by, when }) => `${actInWords(content, when)}（依 ${by}）`)
        .join('或者');
    default:
      return plain(value);
  }
}

const saysOf = (content: Content | undefined, id: string): string => {
  const norms = content?.chapters.flatMap(({ articles }) => articles.flatMap((article) => article.norms));
  const says = norms?.find((norm) => norm.id === id)?.says;
  return says === undefined ? id : `${says}（${id}）`;
};

function actInWords(content: Content | undefined, { deed, facts }: Act): string {
  const meant = content?.vocabulary.deeds.find(({ name }) => name === deed);
  const given = Object.entries(facts).map(([fact, wanted]) => {
    const values = (Array.isArray(wanted) ? wanted : [wanted]).map((one) =>
      typeof one === 'boolean' ? (one ? '是' : '否') : String(one),
    );
    return `${meant?.facts[fact] ?? fact}为${values.join('、')}`;
  });
  return `“${meant?.title ?? deed}”${given.length > 0 ? `(${given.join('，')})` : ''}`;
}
