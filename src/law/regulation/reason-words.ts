/** Why a duty is owed or not, in Chinese sentences; each names the entry that it speaks of. */
import { matches } from '../../accountability/course/index.js';
import { deedsIn, eventOf, isStep, type Deed } from '../../accountability/events/index.js';
import { limitInWords, minuteInWords } from '../../kernel/civil-date.js';
import type { Law } from '../../kernel/law.js';
import { roleName } from '../../kernel/role-name.js';
import type { DutyEntry } from './interpret.js';
import {
  bearerTitle,
  limitInWords as limitOfNorm,
  modalities,
  normKinds,
  provisionLabel,
  type Act,
  type Catalogue,
  type Norm,
} from './model/index.js';
import {
  isMissing,
  lackingIn,
  otherFacts,
  type DutyReasons,
  type Facts,
  type FoundDeed,
  type Reasons,
  type RequiredAct,
} from './reasons.js';

type About = '结论' | '本应' | '还须' | '由来' | '期限' | '履行' | '变动';

export interface ReasonLine {
  readonly about: About;
  readonly text: string;
  /** Number of the entry in the trail. */
  readonly entry: number | null;
}

/** Whose names stand in the sentences: the law's, and those of who stands in for others. */
export interface Naming {
  readonly law: Law;
  readonly roleFor: (role: string) => string;
  readonly bearerFor: (bearer: string) => string;
}

const line = (about: About, text: string, entry?: DutyEntry): ReasonLine => ({
  ...{ about, text, entry: entry?.seq ?? null },
});

/** The norm's provisions, and its id in brackets. */
export function normInWords(catalogue: Catalogue, id: string): string {
  const places = catalogue.norm(id)?.provisions ?? [];
  return places.length === 0 ? id : `${places.map(provisionLabel).join('、')}（${id}）`;
}

/** “确定处理方式（转办）”. */
export function actInWords(catalogue: Catalogue, act: Act | Deed, facts: Facts = act.facts ?? {}): string {
  const name = 'deed' in act ? act.deed : act.name;
  const meant = catalogue.vocabulary.deeds.find((one) => one.name === name);
  const said = Object.entries(facts).map(([fact, value]) => factInWords(meant?.facts[fact] ?? fact, value));
  return `“${meant?.title ?? name}${said.length > 0 ? `（${said.join('、')}）` : ''}”`;
}

/** Who may demand what the norm owes, and by which deed. */
export function claimInWords({ claimant, demand }: Norm, catalogue: Catalogue): string | undefined {
  const party = catalogue.vocabulary.parties.find(({ key }) => key === claimant);
  return party && demand !== null
    ? `${party.title}，以${actInWords(catalogue, { deed: demand, facts: {} })}`
    : undefined;
}

/** @param meaning of the fact in the vocabulary; it may list values with their labels: `dispatch 转办，…` */
function factInWords(meaning: string, value: unknown): string {
  if (typeof value === 'boolean') return `${meaning}：${value ? '是' : '否'}`;
  const labels = new Map(
    [...meaning.matchAll(/([a-z][a-z-]*) (.+?)(?=[，、][a-z]|$)/g)].map(([, key, label]) => [key, label]),
  );
  const words = [value].flat().map((one) => {
    const written = typeof one === 'string' ? one : JSON.stringify(one ?? '没有写明');
    return labels.get(written) ?? provisionLabel(written);
  });
  return labels.size > 0 ? words.join('或者') : `${meaning}：${words.join('或者')}`;
}

/** Who may do the act: the roles, or else the duty's bearers. */
function whoDoes(
  { catalogue, duty }: DutyReasons,
  { act }: RequiredAct,
  { law, roleFor, bearerFor }: Naming,
): string {
  const roles = catalogue.vocabulary.deeds.find(({ name }) => name === act.deed)?.by ?? [];
  const bearers = catalogue.norm(duty.norm)?.bearers ?? [];
  const titles =
    roles.length > 0
      ? roles.map((role) => roleName(roleFor(role), law) ?? role)
      : bearers.map((bearer) => bearerTitle(bearerFor(bearer), law));
  const named = catalogue.vocabulary.holders.filter((holder) => holder.named !== null);
  const ofUnit = duty.unit !== null && named.some(({ kind }) => bearers.includes(kind));
  return `${[...new Set(titles)].join('、')}${ofUnit ? `（${duty.unit}）` : ''}`;
}

/** The reasons of one duty; the conclusion first. */
export function dutyInReasons(reasons: DutyReasons, naming: Naming): readonly ReasonLine[] {
  const { catalogue, duty, opened, voided, replacedBy, broken, madeGood } = reasons;
  const saying = (about: About, { entry, deed }: FoundDeed, text: string, facts: Facts = {}): ReasonLine =>
    line(about, `${minuteInWords(entry.at)} ${actInWords(catalogue, deed, facts)}${text}`, entry);
  return [
    line('结论', conclusionOf(reasons)),
    ...shouldHaveBeen(reasons, naming),
    ...(opened ? [saying('由来', opened, '引起', factsAsked(reasons, opened.deed))] : []),
    ...demandable(catalogue, duty.norm),
    ...limitsInWords(reasons),
    ...doneInWords(reasons),
    ...(voided
      ? [saying('变动', voided, `：以后不再欠${duty.ended === null ? '，也不计' : '；此前的违反仍然计'}`)]
      : []),
    ...(voided && replacedBy !== null
      ? [saying('变动', voided, `：适用它的例外${normInWords(catalogue, replacedBy)}`)]
      : []),
    ...broken.map((one) => saying('变动', one, '：违反，不论期限')),
    ...(madeGood && duty.by !== null
      ? [saying('变动', madeGood, `：依${normInWords(catalogue, duty.by)}补救`)]
      : []),
  ];
}

function demandable(catalogue: Catalogue, id: string): readonly ReasonLine[] {
  const norm = catalogue.norm(id);
  const who = norm && claimInWords(norm, catalogue);
  return who === undefined ? [] : [line('由来', `有权要求的：${who}`)];
}

function conclusionOf({ state, duty, voided, missedAt, broken }: DutyReasons): string {
  const due = duty.due === null ? '' : `，最迟 ${limitInWords(duty.due)}`;
  const [sentBack] = broken;
  const was = missedAt
    ? `${limitInWords(missedAt)} 届满时没有办到`
    : sentBack
      ? `${minuteInWords(sentBack.entry.at)} 被退回`
      : '';
  if (voided && duty.ended === null) return '这项义务曾经产生，后来不再欠';
  switch (state) {
    case 'open':
      return `还没有办到${due}`;
    case 'satisfied':
      return duty.due === null ? '已经办到' : `期限以内办到；期限 ${limitInWords(duty.due)}`;
    case 'compensated':
      return `${was}，违反；后来补救了`;
    case 'temporarily-violated':
      return `${was}，违反；还可以办或者补救`;
    case 'permanently-violated':
      return `${was}，违反；没有补救`;
  }
}

/** What would have had to happen, by whom and by when; or still has to. */
function shouldHaveBeen(reasons: DutyReasons, naming: Naming): readonly ReasonLine[] {
  const { catalogue, duty, nearest, voided, missedAt, broken } = reasons;
  const said = ({ act, unlike }: RequiredAct): string => {
    const others = unlike.map(({ deed }) => actInWords(catalogue, deed, otherFacts(act, deed)));
    return `${actInWords(catalogue, act)}${others.length > 0 ? `（做的是${others.join('、')}，不算）` : ''}`;
  };
  if (voided) return [];
  if (missedAt === null && duty.ended !== null)
    return broken.map(({ entry, deed }) =>
      line('本应', `一次办到，不致${actInWords(catalogue, deed, {})}`, entry),
    );
  const limit = missedAt ?? duty.due;
  const until = limit === null ? '' : `在 ${limitInWords(limit)} 以前`;
  const lacking = lackingIn(nearest, missedAt !== null).map((one) => ({
    one,
    who: whoDoes(reasons, one, naming),
  }));
  return [...new Set(lacking.map(({ who }) => who))].map((who) => {
    const what = lacking.filter((each) => each.who === who).map(({ one }) => said(one));
    return line(missedAt ? '本应' : '还须', `${until}由${who}做${what.join('、')}`);
  });
}

function limitsInWords({ catalogue, limits, duty }: DutyReasons): readonly ReasonLine[] {
  const norm = catalogue.norm(duty.norm);
  const clock = norm?.duty?.clock ?? null;
  const title = catalogue.vocabulary.clocks.find(({ key }) => key === clock)?.title;
  if (title === undefined) return [line('期限', limitOfNorm(norm?.limit))];
  if (limits.length === 0) return [line('期限', `${title}：没有起算`)];
  return limits.map(({ entry, due }, index) => {
    const how = moveInWords(catalogue, entry, clock, index);
    const until = due === null ? '停止计时' : `至 ${limitInWords(due)}`;
    return line('期限', `${title}：${minuteInWords(entry.at)} ${how}，${until}`, entry);
  });
}

const acts = { restart: '重新起算', pause: '暂停', resume: '恢复', extend: '延长' };

function moveInWords(catalogue: Catalogue, entry: DutyEntry, clock: string | null, index: number): string {
  const act = isStep(entry) ? entry.body.clocks?.findLast(({ limit }) => limit === clock)?.act : undefined;
  if (!act && index === 0) return '起算';
  const deeds = deedsIn(entry).map((deed) => actInWords(catalogue, deed, {}));
  return deeds.length > 0 || act
    ? `${deeds.join('、')}${act ? acts[act] : '改动'}`
    : eventOf(entry.type).title;
}

/** What was done or need not be done of the nearest list, and the other lists, if none is complete. */
function doneInWords({ nearest, alternatives, voided, ...reasons }: DutyReasons): readonly ReasonLine[] {
  const { catalogue, missedAt } = reasons;
  if (alternatives.length === 0) return [line('履行', '条例没有写明怎样算履行')];
  const lines = nearest.flatMap(({ act, done, inTime, waived }) => {
    const what = actInWords(catalogue, act);
    if (done) {
      const late = missedAt === null ? '' : inTime ? '，期限以内' : '，期限已过';
      return [line('履行', `${minuteInWords(done.entry.at)} 做了${what}${late}`, done.entry)];
    }
    if (!waived) return [];
    const { deed, entry } = waived.found;
    const because = actInWords(catalogue, deed, waived.when.facts);
    return [line('履行', `不必做${what}，依${normInWords(catalogue, waived.by)}：${because}`, entry)];
  });
  if (voided || !nearest.some(isMissing)) return lines;
  const others = alternatives.filter((list) => list !== nearest);
  const ways = others.map((list) => list.map(({ act }) => actInWords(catalogue, act)).join('和'));
  return [...lines, ...ways.map((way) => line('履行', `做${way}，也算履行`))];
}

/** The facts for which the deed opened the duty; no others are shown. */
const factsAsked = ({ catalogue, duty }: DutyReasons, deed: Deed): Facts | undefined =>
  catalogue.norm(duty.norm)?.duty?.opens.find((act) => matches(act, deed))?.facts;

/** Why no duty is owed under the norm. */
export function absenceInWords({
  norm,
  catalogue,
  duties,
  openings,
  exceptions,
}: Reasons): readonly ReasonLine[] {
  if (duties.length > 0) return [];
  if (!norm.duty) {
    const kind = `${modalities[norm.modality]}，${normKinds[norm.kind]}`;
    const because = norm.enforceable ? `不由某一个行为引起（${kind}）` : norm.reason;
    return [line('结论', `这一项不逐件计：${because}`)];
  }
  return [
    line('结论', '这件工单没有这项义务：没有引起它的行为'),
    ...exceptions.map((id) => line('结论', `适用的是它的例外${normInWords(catalogue, id)}`)),
    ...demandable(catalogue, norm.id),
    ...openings.flatMap(({ act, found }) => {
      const wanted = actInWords(catalogue, act);
      if (found.length === 0) return [line('由来', `没有做${wanted}`)];
      return found.map(({ deed, entry }) => {
        const at = minuteInWords(entry.at);
        const text = matches(act, deed)
          ? `${at} 做了${wanted}，当时依的另一版条例没有这一项`
          : `须是${wanted}，${at} 做的是${actInWords(catalogue, deed, otherFacts(act, deed))}`;
        return line('由来', text, entry);
      });
    }),
  ];
}
