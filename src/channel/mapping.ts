/** Maps a source's message to a sheet: one FEEL expression over `message` for each field. */
import { parseInstant } from '../kernel/instant.js';
import { feel } from '../engine/index.js';
import { Refusal, type Json, type JsonObject } from '../kernel/index.js';
import { usualKind } from '../kernel/kinds.js';
import type { Law } from '../kernel/law.js';
import { languages, type Language, type WorkOrder } from '../sheet/index.js';

/** Fields that a mapping may set, each with the most characters of its text. */
const longest = {
  messageId: 200,
  title: 200,
  content: 20_000,
  kind: 20,
  callerName: 100,
  callerContact: 100,
  callerAddress: 200,
  place: 200,
  district: 100,
  language: 20,
  externalNo: 100,
  externalDue: 40,
} as const;
type MappedField = keyof typeof longest | 'replyWanted' | 'confidential' | 'messagesWanted' | 'files';

export type Mapping = { readonly [Field in MappedField]?: string };

const names: Readonly<Record<MappedField, string>> = {
  messageId: '消息编号',
  title: '标题',
  content: '事项内容',
  kind: '类别',
  callerName: '来电人',
  callerContact: '联系方式',
  callerAddress: '来电人地址',
  place: '事发地点',
  district: '属地',
  replyWanted: '要求回复',
  confidential: '要求保密',
  language: '语言',
  messagesWanted: '愿意收消息',
  files: '附件',
  externalNo: '来文编号',
  externalDue: '来文期限',
};

/** Fields of a request that are known before it is accepted. */
export type Received = Pick<
  WorkOrder,
  | 'kind'
  | 'title'
  | 'content'
  | 'callerName'
  | 'callerContact'
  | 'callerAddress'
  | 'district'
  | 'replyWanted'
  | 'confidential'
  | 'language'
  | 'messagesWanted'
  | 'externalNo'
> & {
  /** The place in words. */
  readonly place: string | null;
  /** When a sender that assigns its own numbers expects the result. */
  readonly externalDue: Date | null;
};

export type Reading =
  | { readonly received: Received; readonly messageId: string | null }
  /** In Chinese; it quotes nothing from the message. */
  | { readonly problem: string; readonly messageId: string | null };

/** @throws {Refusal} `input.invalid`, `expression.invalid`, naming the field */
export function assertMapping(mapping: Mapping, law: Law): void {
  for (const field of ['content', 'kind'] as const) {
    if (mapping[field] !== undefined) continue;
    throw new Refusal('input.invalid', `对应关系里没有“${names[field]}”`, {
      where: `mapping.${field}`,
      remedy:
        field === 'kind'
          ? '来源不分类别的，写一个固定的，例如 "' + usualKind(law) + '"'
          : '写出从消息的哪里取',
    });
  }
  for (const [field, text] of Object.entries(mapping)) {
    const where = `mapping.${field}`;
    const expression = feel(text, where);
    const bound = new Set(
      [...text.matchAll(/\b(?:for|some|every|,)\s+(\w+)\s+in\b/g)].map(([, name]) => name),
    );
    const strange = expression.names.find(
      (name) => !['message', 'item', 'partial'].includes(name) && !bound.has(name) && !isCalled(text, name),
    );
    if (strange === undefined) continue;
    throw new Refusal('input.invalid', `表达式里的“${strange.slice(0, 40)}”不认得`, {
      where,
      remedy: '消息写作 message，其中的一栏写作 message.栏名；文字加双引号',
    });
  }
}

const isCalled = (text: string, name: string): boolean =>
  new RegExp(`${name.replaceAll(/[^\w ]/g, '.').replaceAll(/\s+/g, '\\s+')}\\s*\\(`, 'u').test(text);

/** @param message JSON of any shape */
export function readMessage(mapping: Mapping, message: Json, now: Date, law: Law): Reading {
  const variables: JsonObject = { message };
  const valueOf = (field: MappedField): Json => {
    const text = mapping[field];
    return text === undefined ? null : feel(text, `mapping.${field}`).value(variables, now);
  };
  let messageId: string | null = null;
  try {
    const textAt = (field: keyof typeof longest): string | null => textOf(valueOf(field), field);
    messageId = textAt('messageId');
    const content = textAt('content');
    if (content === null) return { problem: `没有取到${names.content}`, messageId };
    const kind = textAt('kind');
    if (kind === null || !law.kinds.some(({ key }) => key === kind)) {
      const known = law.kinds.map(({ key, name }) => `${key} ${name}`);
      return { problem: `${names.kind}要是 ${known.join('、')} 之一`, messageId };
    }
    const [callerName, callerContact] = [textAt('callerName'), textAt('callerContact')];
    const received = {
      kind,
      ...titled(mapping.title === undefined ? null : plain(valueOf('title'), 'title'), content),
      callerName,
      callerContact,
      callerAddress: textAt('callerAddress'),
      place: textAt('place'),
      district: textAt('district'),
      replyWanted: flagOf(valueOf('replyWanted'), 'replyWanted', true),
      confidential: flagOf(valueOf('confidential'), 'confidential', false),
      language: languageOf(textAt('language')),
      messagesWanted: flagOf(valueOf('messagesWanted'), 'messagesWanted', true),
      externalNo: textAt('externalNo'),
      externalDue: dueOf(textAt('externalDue')),
    };
    return { received, messageId };
  } catch (error) {
    if (error instanceof Unfit) return { problem: error.message, messageId };
    if (error instanceof Refusal) return { problem: `对应关系算不出来（${error.where ?? ''}）`, messageId };
    throw error;
  }
}

/** A file that came with a message. */
export interface SentFile {
  readonly name: string;
  readonly content: Buffer;
  /** Why the file cannot be taken, in Chinese. */
  readonly problem?: string;
}

/**
 * Files contained in the message itself: texts in Base64 or `data:` addresses, or contexts of
 * `name` and `content`. An address is never opened.
 */
export function filesIn(mapping: Mapping, message: Json, now: Date): readonly SentFile[] {
  if (mapping.files === undefined) return [];
  const value = valueIn(mapping.files, message, now);
  if (value === null) return [];
  const list: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return list.map((one, index) => {
    const { name, content = null }: JsonObject =
      typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as JsonObject) : { content: one };
    const named = typeof name === 'string' && name.trim() !== '' ? storable(name) : `附件 ${index + 1}`;
    const read = decoded(content);
    return read
      ? { name: named, content: read }
      : { name: named, content: Buffer.alloc(0), problem: notBase64 };
  });
}

function valueIn(expression: string, message: Json, now: Date): Json {
  try {
    return feel(expression, 'mapping.files').value({ message }, now);
  } catch (error) {
    if (error instanceof Refusal) return [null];
    throw error;
  }
}

const notBase64 = '不是 Base64 的文字；外面的地址不打开';

function decoded(content: Json): Buffer | undefined {
  if (typeof content !== 'string') return undefined;
  const text = content.replace(/^data:[^,]{0,200};base64,/, '').replaceAll(/[\r\n]/g, '');
  return /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Thrown for a message whose content does not fit the sheet. */
class Unfit extends Error {}

/** A date means the end of that day. A time without a zone is Beijing time, as the senders' systems write it. */
function dueOf(text: string | null): Date | null {
  if (text === null) return null;
  const [, day = '', time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)$/.exec(text) ?? [];
  try {
    return parseInstant(time === undefined ? text : `${day}T${time}+08:00`, 'end-of-day');
  } catch (error) {
    if (error instanceof Refusal) throw new Unfit(`${names.externalDue}不是日期或者时刻`);
    throw error;
  }
}

function languageOf(text: string | null): Language {
  if (text === null) return 'zh';
  const found = languages.find((language) => language === text.toLowerCase());
  if (found) return found;
  throw new Unfit(`${names.language}不是 ${languages.join('、')} 之一`);
}

function textOf(value: Json, field: keyof typeof longest): string | null {
  const text = plain(value, field);
  if (text !== null && [...text].length > longest[field]) {
    throw new Unfit(`${names[field]}超过 ${longest[field]} 个字`);
  }
  return text;
}

function plain(value: Json, field: MappedField): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw new Unfit(`${names[field]}不是文字`);
  const text = storable(String(value)).trim();
  return text === '' ? null : text;
}

/** Normalises to NFC, as entries store text; characters that PostgreSQL cannot store become U+FFFD. */
export const storable = (text: string): string =>
  text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD').normalize('NFC');

function flagOf(value: Json, field: MappedField, otherwise: boolean): boolean {
  if (value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  throw new Unfit(`${names[field]}不是 true 或 false`);
}

/**
 * Without a title, the beginning of the content becomes the title; if the title is too long, its
 * rest goes to the content.
 */
function titled(title: string | null, content: string): { title: string; content: string } {
  const words = (title ?? content).replaceAll(/\s+/g, ' ');
  if (title === null) return { title: cut(words, 40), content };
  if ([...words].length <= longest.title) return { title: words, content };
  return { title: cut(words, longest.title), content: cut(`${title}\n\n${content}`, longest.content) };
}

export const titleOf = (content: string): string => titled(null, content).title;

export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
