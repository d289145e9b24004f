/** Faults planted into the program alone: into the law that it reads, or into what it does with a trail. */
import type { Catalogue, DutyEntry } from '../../src/law/regulation/index.js';
import { byProgram, type Program } from './second-interpreter.js';

type Norm = Catalogue['norms'][number];
type Rule = NonNullable<Norm['duty']>;

interface Fault {
  readonly title: string;
  readonly law?: (catalogue: Catalogue) => Catalogue;
  readonly program?: Program;
}

/** A change of each norm's rule for which there is something to change. */
const rules =
  (change: (rule: Rule) => Partial<Rule>) =>
  (catalogue: Catalogue): Catalogue => ({
    ...catalogue,
    norms: catalogue.norms.map((norm) =>
      norm.duty ? { ...norm, duty: { ...norm.duty, ...change(norm.duty) } } : norm,
    ),
  });

const words =
  (change: (vocabulary: Catalogue['vocabulary']) => Partial<Catalogue['vocabulary']>) =>
  (catalogue: Catalogue): Catalogue => ({
    ...catalogue,
    vocabulary: { ...catalogue.vocabulary, ...change(catalogue.vocabulary) },
  });

const effect = (name: string): ((catalogue: Catalogue) => Catalogue) =>
  words(({ deeds }) => ({
    deeds: deeds.map((deed) => (deed.effect === name ? { ...deed, effect: null } : deed)),
  }));

/** A program that reads another trail than it was given. */
const reading =
  (change: (trail: readonly DutyEntry[]) => readonly DutyEntry[]): Program =>
  (catalogue, trail) =>
    byProgram(catalogue, change(trail));

const bodies = (change: (body: Body, entry: DutyEntry) => Body): Program =>
  reading((trail) =>
    trail.map((entry) => ({ ...entry, body: change(entry.body as Body, entry) }) as DutyEntry),
  );

interface Body {
  readonly armed?: readonly { readonly due: string | null }[];
  readonly deeds?: readonly { readonly name: string; readonly facts?: object }[];
  readonly withdrawn?: readonly string[];
}

const aDay = 24 * 3_600_000;
const inverted = (value: unknown): unknown => (typeof value === 'boolean' ? !value : value);
const withoutGround = ({ ground: _ground, ...facts }: { readonly [fact: string]: unknown }) => facts;

export const lawFaults: readonly Fault[] = [
  { title: '少一组履行', law: rules(({ discharged }) => ({ discharged: discharged.slice(1) })) },
  {
    title: '一组里做了一个就算履行',
    law: rules(({ discharged }) => ({ discharged: discharged.flat().map((act) => [act]) })),
  },
  {
    title: '履行不看事实（没有告知也算）',
    law: rules(({ discharged }) => ({
      discharged: discharged.map((list) => list.map((act) => ({ ...act, facts: {} }))),
    })),
  },
  {
    title: '引起不看事实',
    law: rules(({ opens }) => ({ opens: opens.map((act) => ({ ...act, facts: {} })) })),
  },
  { title: '引起的行为少一个', law: rules(({ opens }) => ({ opens: opens.slice(0, 1) })) },
  { title: '没有期限', law: rules(() => ({ clock: null })) },
  { title: '不看不再欠', law: rules(() => ({ void: [] })) },
  { title: '不看免除', law: rules(() => ({ waived: [] })) },
  {
    title: '免除的条件颠倒',
    law: rules(({ waived }) => ({
      waived: waived.map((one) => ({
        ...one,
        when: {
          ...one.when,
          facts: Object.fromEntries(
            Object.entries(one.when.facts).map(([fact, value]) => [fact, inverted(value)]),
          ) as typeof one.when.facts,
        },
      })),
    })),
  },
  {
    title: '补救不看事由',
    law: rules(({ madeGood }) => ({
      madeGood: madeGood.map((one) => ({
        ...one,
        when: { ...one.when, facts: withoutGround(one.when.facts) as typeof one.when.facts },
      })),
    })),
  },
  { title: '不看补救', law: rules(() => ({ madeGood: [] })) },
  {
    title: '再办补救超期',
    law: rules(({ madeGood }) => ({ madeGood: madeGood.map((one) => ({ ...one, of: 'missed' as const })) })),
  },
  { title: '不看退回重办', law: rules(() => ({ broken: [] })) },
  { title: '都由持有的单位欠', law: rules(() => ({ owedByHolder: true })) },
  { title: '都不由持有的单位欠', law: rules(() => ({ owedByHolder: false })) },
  { title: '收回的仍是原来的单位', law: effect('takes-back') },
  { title: '归档不算结束', law: effect('closes') },
  { title: '不分轮次', law: effect('begins-round') },
  { title: '不看误记的更正', law: effect('corrects-limits') },
  {
    title: '对象不分彼此',
    law: words(({ subjects }) => ({
      subjects: subjects.map((one) => ({ ...one, identity: 'case' as const })),
    })),
  },
  { title: '没有人持有事项', law: words(() => ({ holders: [] })) },
  {
    title: '期限晚一天',
    program: bodies((body) => ({
      ...body,
      ...(body.armed && {
        armed: body.armed.map((one) => ({
          ...one,
          due: one.due === null ? null : new Date(Date.parse(one.due) + aDay).toISOString(),
        })),
      }),
    })),
  },
  {
    title: '届满晚一天',
    program: reading((trail) =>
      trail.map((entry) =>
        entry.type === 'timer.fired' ? { ...entry, at: new Date(entry.at.getTime() + aDay) } : entry,
      ),
    ),
  },
  { title: '不记届满', program: reading((trail) => trail.filter(({ type }) => type !== 'timer.fired')) },
  { title: '不看停止计时', program: bodies(({ withdrawn: _withdrawn, ...body }) => body) },
  {
    title: '一步里的行为颠倒',
    program: bodies((body) => ({ ...body, ...(body.deeds && { deeds: body.deeds.toReversed() }) })),
  },
  {
    title: '一步里只看头一个行为',
    program: bodies((body) => ({ ...body, ...(body.deeds && { deeds: body.deeds.slice(0, 1) }) })),
  },
  { title: '少看最后一条', program: reading((trail) => trail.slice(0, -1)) },
  {
    title: '所有行为都没有事实',
    program: bodies((body) => ({
      ...body,
      ...(body.deeds && { deeds: body.deeds.map(({ name }) => ({ name })) }),
    })),
  },
  { title: '各个流程不分', program: bodies((body) => ({ ...body, instance: 1 })) },
];
