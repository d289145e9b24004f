/** The intake form, and its conversion into a request. */
import type { Input, Output } from '../../api/shapes.js';
import { alwaysAccuses, channelBy, mayAccuse, usualKind, wayAsking, waysOutFor } from '../../law/page-law.js';
import { answersIn } from '../case/answers.js';
import { startOf } from '../../../engine/model/field-start.js';
import { stepOf, type Field, type IntakeForm } from './fields.js';
import type { Word } from './sheet-words.js';
import { noPlace, placeIn, type PlaceDraft } from './place.js';

type Request = Input<'acceptRequest'>['body'];
export type Suggestions = Output<'suggestIntake'>;

/** Whom the request accuses; some kinds may accuse nobody. */
export const accusations = (kind: Request['kind']): readonly Word<Draft['accusation']>[] =>
  alwaysAccuses(kind) ? allAccusations.filter(({ value }) => value !== 'matter') : allAccusations;

export const allAccusations: readonly Word<Draft['accusation']>[] = [
  { value: 'unit', word: '名册里的单位' },
  { value: 'person', word: '个人' },
  { value: 'none', word: '名册里没有的' },
  { value: 'matter', word: '只反映事项' },
];

const later: Word<string> = { value: 'later', word: '先登记，稍后定' };
/** The package's ways of handling, and "decide later". */
export const waysOut = ({ kind }: Pick<Draft, 'kind'>): readonly Word<string>[] => [
  ...waysOutFor(kind).map(({ key, name }) => ({ value: key, word: name })),
  later,
];

/** The initial way of handling: dispatch, if the package has it. */
const usualWay = (): string => wayAsking('unit') ?? later.value;

export interface Draft extends PlaceDraft {
  channel: Request['channel'];
  kind: Request['kind'];
  title: string;
  content: string;
  callerName: string;
  callerContact: string;
  callerAddress: string;
  accusation: 'unit' | 'person' | 'none' | 'matter';
  accusedUnit: string;
  accusedNone: string;
  accusedPersons: string;
  district: string;
  class: string;
  replyWanted: boolean;
  confidential: boolean;
  language: NonNullable<Request['language']>;
  messagesWanted: boolean;
  wayOut: string;
  /** Answers by field, of the registration and of the following step. */
  answers: Record<string, string>;
  /** Name and address of the other channel, which the caller sees. */
  channelName: string;
  channelInfo: string;
  /** Acceptance answers that the package defines for this channel; empty: recorded as the original channel. */
  channelAnswers: Readonly<Record<string, string | boolean>>;
  /** Number of the leading sheet to merge it into after acceptance. */
  mergeInto: string;
  /** Number of the telephone call; empty without one. */
  call: string;
  /** For an upstream hotline: the source (empty if none), its number, and a date. */
  upstreamSource: string;
  upstreamNumber: string;
  upstreamDue: string;
}

export const emptyDraft = (): Draft => ({
  channel: channelBy('telephone'),
  kind: usualKind(),
  title: '',
  content: '',
  callerName: '',
  callerContact: '',
  callerAddress: '',
  accusation: 'unit',
  accusedUnit: '',
  accusedNone: '',
  accusedPersons: '',
  district: '',
  ...noPlace,
  class: '',
  replyWanted: true,
  confidential: false,
  language: 'zh',
  messagesWanted: true,
  wayOut: usualWay(),
  answers: {},
  channelName: '',
  channelInfo: '',
  channelAnswers: {},
  mergeInto: '',
  call: '',
  upstreamSource: '',
  upstreamNumber: '',
  upstreamDue: '',
});

/** Whether the draft contains input worth keeping. */
export const isStarted = (draft: Draft): boolean =>
  [
    ...[
      draft.title,
      draft.content,
      draft.callerName,
      draft.callerContact,
      draft.callerAddress,
      draft.district,
    ],
    ...[draft.accusedUnit, draft.accusedNone, draft.accusedPersons, ...Object.values(draft.answers)],
  ].some((text) => text.trim() !== '');

/** Empty name or contact is omitted. Without a title, the beginning of the text is used. */
export function requestOf(draft: Draft, form: IntakeForm): Request {
  const { channel, kind, content, replyWanted, confidential, language, messagesWanted } = draft;
  return {
    channel,
    kind,
    content,
    replyWanted,
    confidential,
    language,
    messagesWanted,
    title:
      draft.title.trim() === ''
        ? (content
            .trim()
            .split(/[。!?,\uff01\uff1f\uff0c\n]/)[0]
            ?.slice(0, 40) ?? '')
        : draft.title,
    callerName: orNull(draft.callerName),
    callerContact: orNull(draft.callerContact),
    callerAddress: orNull(draft.callerAddress),
    accusedPersons: isAgainst(draft) ? orNull(draft.accusedPersons) : null,
    district: orNull(draft.district),
    place: placeIn(draft),
    ...(draft.class === '' ? {} : { class: draft.class }),
    answers: answersOf(draft, form),
    ...(draft.call === '' ? {} : { call: draft.call }),
    ...(Number(draft.upstreamSource) > 0
      ? {
          upstream: {
            source: Number(draft.upstreamSource),
            number: draft.upstreamNumber,
            due: draft.upstreamDue || null,
          },
        }
      : {}),
  };
}

/** Whether the request names an accused, who must not learn of it. */
export const isAgainst = ({ kind }: Pick<Draft, 'kind'>): boolean => mayAccuse(kind);

/** Writes the choice of another channel into the draft. */
export function tell(
  draft: Draft,
  { name, reach, basis, procedure, answers }: Output<'readOtherChannels'>['channels'][number],
): void {
  draft.wayOut = wayOf(answers);
  draft.answers['pendingProcedure'] = procedure;
  draft.channelName = name;
  draft.channelInfo = `${reach}（${basis}）`;
  draft.channelAnswers = answers;
}

/** The way of handling from the channel's own answers, else the way that asks for a channel. */
export const wayOf = ({ wayOut }: Draft['channelAnswers']): string =>
  typeof wayOut === 'string' ? wayOut : (wayAsking('channel') ?? later.value);

/** Whether the channel's own answers will be recorded. */
const isAnsweredByChannel = ({ channelAnswers, wayOut }: Draft): boolean =>
  Object.keys(channelAnswers).length > 0 && wayOut === wayOf(channelAnswers);

/** The channel's own answers in words, because nothing may be recorded unseen. */
export const wordsOfChannel = (draft: Draft): readonly string[] =>
  isAnsweredByChannel(draft)
    ? Object.values(draft.channelAnswers).filter(
        (value): value is string => typeof value === 'string' && /[\u4e00-\u9fff]/.test(value),
      )
    : [];

/** A postponed registration is completed on the sheet's page, including whom it accuses. */
const isLater = ({ wayOut }: Pick<Draft, 'wayOut'>): boolean => wayOut === later.value;

/** Fields besides the sheet's own: those of the registration, and of the step behind the chosen way. */
export const fieldsOf = (draft: Draft, form: IntakeForm | undefined): readonly Field[] =>
  isLater(draft)
    ? []
    : [...(form?.register ?? []), ...(isAnsweredByChannel(draft) ? [] : stepOf(draft.wayOut, form))];

/** Answers for tasks that are completed in the same transaction. */
function answersOf(draft: Draft, form: IntakeForm): NonNullable<Request['answers']> {
  if (isLater(draft)) return {};
  const fields = fieldsOf(draft, form);
  const begun = (some: readonly Field[]) => Object.fromEntries(some.map((one) => [one.key, startOf(one)]));
  const given = {
    ...begun(fields),
    ...draft.answers,
    // Presumed answers, which the page lists.
    ...begun(fields.filter(({ presumed }) => presumed !== undefined)),
    ...accusedOf(draft),
    ...toldOf(draft),
  };
  return {
    ...answersIn(fields, given),
    wayOut: draft.wayOut,
    ...(isAnsweredByChannel(draft) ? draft.channelAnswers : {}),
  };
}

function accusedOf(draft: Draft): Record<string, string> {
  if (!isAgainst(draft)) return {};
  const { accusation, accusedUnit, accusedNone } = draft;
  return {
    accusation,
    ...(accusation === 'unit' || accusation === 'person' ? { accusedUnit } : {}),
    ...(accusation === 'none' ? { accusedNone } : {}),
  };
}

const toldOf = ({ channelName, channelInfo, channelAnswers, wayOut }: Draft): Record<string, string> =>
  wayOf(channelAnswers) === wayOut ? { channelName, channelInfo } : {};

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** One key per request: after a lost connection it is accepted only once. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
