/** Sends messages to callers; an entry of the sheet's trail records the result of each. */
import { z } from 'zod';
import { secretGiven, wayBack, type WayBack } from '../index.js';
import { loadCasesByKey, type Executor } from '../../engine/index.js';
import { Refusal, seal, type Vault } from '../../kernel/index.js';
import { restingOn, type Laws } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { languages, type Sheets } from '../../sheet/index.js';
import {
  carry,
  cloudEvent,
  defineSending,
  put,
  sender,
  type Item,
  type Message,
  type Result,
  type Sender,
  type OutboxDeps,
  type Way,
} from '../outbox/index.js';
import type { Occasion, Occasions } from './occasions.js';
import { messageKind } from './store/sent-messages.js';
import { fill, type Template } from './template.js';

const template = z.object({ subject: z.string(), text: z.string() });

const about = z.object({
  occasion: z.string(),
  /** Number of the entry that the message is about. */
  entry: z.int(),
  language: z.enum(languages),
  template: z.int(),
});
type About = z.output<typeof about>;

const kind = defineSending(messageKind, about, { title: '告知来电人', isSealed: true });

/** Queues a message once for each occasion of an entry. */
export const putMessage = (
  transaction: Transaction,
  vault: Vault,
  sheet: string,
  { key: occasion, title }: Occasion,
  { said, ...rest }: Omit<About, 'occasion'> & { readonly said: Template },
  at: Date,
): Promise<void> => {
  const words = { recipient: `工单 ${sheet} 的来电人`, occasion: title, text: JSON.stringify(said) };
  const item = { key: `${sheet} ${occasion} ${rest.entry}`, sheet, about: { ...rest, occasion }, ...words };
  return put(transaction, kind, [item], { at, vault });
};

export interface MessageDeps extends OutboxDeps {
  readonly executor: Executor;
  readonly laws: Laws;
  readonly occasions: Occasions;
  readonly sheets: Sheets;
  readonly receiptFor: ReceiptFor;
}

/** Returns a caller's receipt and the address of the page that checks it; undefined if there is none. */
export type ReceiptFor = (
  no: string,
) => Promise<{ readonly bytes: Buffer; readonly page: string } | undefined>;

interface Route {
  readonly way: WayBack;
  /** The caller's address on that route. */
  readonly to: string;
}

export const messageSender = (deps: MessageDeps): Sender =>
  sender(deps, {
    kind,
    prepare: async (item) => {
      const { database, occasions } = deps;
      const workOrder = item.sheet ?? '';
      const { route, secret, why } = await database.transaction((transaction) =>
        routeOf(deps, transaction, workOrder),
      );
      if (!route) return { dropped: why };
      const occasion = occasions.named(item.about.occasion);
      const isAttaching = occasion?.receipt === true && route.way.kind === 'email';
      const receipt = isAttaching ? await deps.receiptFor(workOrder) : undefined;
      const written = fill(wordsOf(item), { receipt: receipt?.page ?? null });
      // The recorded text omits the code, which only the caller may know.
      const isTold = occasion?.secret === true;
      const said = isTold ? fill(written, { secret: secret ?? null }) : written;
      const recorded = isTold
        ? fill(written, { secret: secret === undefined ? null : '************' })
        : written;
      const file = receipt && { name: '12345-receipt.cbor', type: 'application/cbor', bytes: receipt.bytes };
      const message = { ...messageOf(deps.clock.now(), item, said, route), ...(file ? { file } : {}) };
      return {
        carry: (signal) => carry(deps, wayOut(route), message, signal),
        noted: notedAs(deps, route.way, recorded),
      };
    },
    noted: notedAs(deps, null, undefined),
  });

const wordsOf = ({ text }: Item<About>): Template => template.parse(JSON.parse(text ?? ''));

/** Looks up the present route: a corrected address replaces the old one, and an erased address gives none. */
async function routeOf(
  { sheets, vault }: MessageDeps,
  transaction: Transaction,
  no: string,
): Promise<{ readonly route?: Route; readonly secret?: string | undefined; readonly why: string }> {
  const sheet = await sheets.find(transaction, no);
  const way = await wayBack(transaction, vault, no);
  if (!way) return { why: '来源已经停用，或者不再设告知的地址' };
  if (!sheet?.messagesWanted) return { why: '来电人不再愿意收消息' };
  const to = sheet.callerContact;
  if (to === null) return { why: '来电人的联系方式已经删除' };
  if (!canReach(way, to)) return { why: '来电人的联系方式不是邮件地址' };
  return { route: { way, to }, secret: await secretGiven(transaction, vault, no), why: '' };
}

/** Whether a contact is a valid address for that route. */
export const canReach = ({ kind }: Pick<WayBack, 'kind'>, contact: string): boolean =>
  kind === 'webhook' || z.email().safeParse(contact).success;

const wayOut = ({ way, to }: Route): Way =>
  'address' in way ? way : { kind: 'email', address: to, secrets: [] };

function messageOf(
  now: Date,
  { id: number, sheet: workOrder, about: { occasion, language } }: Item<About>,
  { subject: title, text }: Template,
  { to }: Route,
): Message {
  const id = `msg_${number}`;
  return {
    id,
    title,
    text,
    event: JSON.stringify(
      cloudEvent({
        ...{ id, type: 'hotline.caller.told', subject: workOrder ?? undefined, at: now },
        data: { workOrder, occasion, language, to, title, text },
      }),
    ),
  };
}

/** @param said undefined if nothing was sent, or if the trail already has it */
const notedAs =
  ({ executor, laws }: MessageDeps, way: WayBack | null, said: Template | undefined) =>
  async (
    transaction: Transaction,
    item: Item<About>,
    result: Result,
    note: () => Promise<Date | undefined>,
  ): Promise<void> => {
    const no = item.sheet ?? '';
    // The case is locked first, as by everybody who writes its trail.
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!file) throw new Refusal('case.not-found', `没有编号为“${no}”的工单`);
    const at = await note();
    if (!at) return;
    const words = said ?? (item.text === null ? undefined : wordsOf(item));
    const [answer] = await executor.executeIn(transaction, [
      {
        kind: 'amend',
        caseId: file.id,
        at,
        type: result.outcome === 'sent' ? 'caller.told' : 'caller.not-told',
        body: {
          message: item.id,
          occasion: item.about.occasion,
          entry: item.about.entry,
          way: way?.kind ?? (result.outcome === 'bounced' ? 'email' : null),
          source: way?.name ?? null,
          language: item.about.language,
          template: item.about.template,
          ...(result.outcome === 'sent' ? {} : { why: result.why }),
          provisions: restingOn('progress', laws.ofCase(file)),
        },
        sealed: words === undefined ? [] : [seal('text', `${words.subject}\n\n${words.text}`)],
        actor: '系统',
      },
    ]);
    if (answer?.refusal) throw answer.refusal;
  };
