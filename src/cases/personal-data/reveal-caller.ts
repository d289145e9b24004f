/** Reveals a caller's data for a stated purpose. The reading is recorded before anything is shown. */
import { countReads, readProjector, write } from '../../accountability/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal, seal, sealDigest } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  callerFields,
  callerNames,
  type Caller,
  type CallerBefore,
  type CallerField,
  type OpenedCaller,
} from '../../sheet/index.js';
import { withheldFrom, type Reader } from './withheld.js';
import { hotlineTitle, lawOf, restingOn, type Law } from '../../kernel/law.js';
import type { Using } from '../parts.js';

/** Purposes with their legal basis. */
const purposes = (law: Law) => ({
  reply: restingOn('reply', law),
  'follow-up': restingOn('follow-up', law),
  explanation: restingOn('callers-wishes', law),
  'caller-asks': restingOn('progress', law),
  supervision: restingOn('supervision', law),
  investigation: restingOn('investigation', law),
});

type Purpose = keyof ReturnType<typeof purposes>;

export interface RevealDeps extends Using<'clock' | 'database' | 'laws' | 'sheets' | 'trail'> {
  readonly limits: { readonly most: number; readonly withinMinutes: number };
}

export interface RevealOrder {
  readonly no: string;
  readonly purpose: Purpose;
  readonly reason: string;
  readonly reader: Reader & { readonly login: string; readonly actor: string };
}

export interface RevealedCaller extends Caller {
  /** Values that corrections replaced, earliest first. */
  readonly earlier: readonly CallerBefore[];
}

/**
 * @throws {Refusal} `case.not-found`, `caller.withheld`, `caller.none`, `caller.too-many`; `caller.altered` if the
 * values do not match the trail's digests
 */
export async function revealCaller(deps: RevealDeps, order: RevealOrder): Promise<RevealedCaller> {
  const { no, reader } = order;
  return deps.database.transaction(async (transaction) => {
    const sheet = await deps.sheets.find(transaction, no);
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!sheet || !file)
      throw new Refusal('case.not-found', `没有编号为“${no}”的工单`, { remedy: '核对工单编号' });
    const law = deps.laws.ofCase(file);
    const withheld = withheldFrom(reader, sheet, file, law);
    if (withheld) {
      throw new Refusal('caller.withheld', `${withheld.why}，不得查看来电人资料`, {
        provision: withheld.provision,
        remedy: `需要联系来电人的，请${hotlineTitle(deps.laws.today())}转达`,
      });
    }
    const kept = await deps.sheets.caller(transaction, no);
    const earlier = await deps.sheets.callerBefore(transaction, no);
    const fields = callerFields.filter(
      (field) => kept?.[field] ?? earlier.some((one) => one.field === field),
    );
    if (!kept || fields.length === 0) throw nothing(sheet.callerErasedAt);
    await assertProved(deps, transaction, no, kept);
    await recordRead(deps, transaction, order, { fields, law });
    return {
      name: kept.name?.value ?? null,
      contact: kept.contact?.value ?? null,
      address: kept.address?.value ?? null,
      earlier,
    };
  });
}

/** One stream per reader and day: it can be exported as a whole, and readers do not wait for each other. */
const readsStream = (login: string, day: string): string => `reads:${login}:${day}`;

async function recordRead(
  deps: RevealDeps,
  transaction: Transaction,
  { no, purpose, reason, reader }: RevealOrder,
  { fields, law }: { readonly fields: readonly CallerField[]; readonly law: Law },
): Promise<void> {
  const at = deps.clock.now();
  const { most, withinMinutes } = deps.limits;
  // Requests of one reader run one after the other, so that the limit also holds for concurrent
  // requests.
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.reads ' || $1, 0))",
    [reader.login],
  );
  const since = new Date(at.getTime() - withinMinutes * 60_000);
  if ((await countReads(transaction, reader.login, since)) >= most) {
    throw new Refusal('caller.too-many', `${withinMinutes} 分钟内查看来电人资料已达 ${most} 次`, {
      remedy: '稍后再试；确需更多的，请安全管理员调整 regulation/access.json 的 reveals',
      provision: lawOf('callers-data', law),
    });
  }
  const stream = readsStream(reader.login, civilDateOf(at));
  const entry = {
    stream,
    type: 'caller.revealed',
    at,
    body: {
      actor: reader.actor,
      case: no,
      fields: [...fields],
      purpose,
      provisions: [...restingOn('callers-data', law), ...purposes(law)[purpose]],
    },
    sealed: [seal('reason', reason)],
  } as const;
  const bookmarks = await deps.trail.append(transaction, [entry]);
  const seq = deps.trail.numberOf(bookmarks.get(stream) ?? null);
  await write(transaction, readProjector, { ...entry, seq });
}

/**
 * Checks the values against their digests, which are in the sheet's first entry and in later
 * corrections. Sheets older than the vault have none in the first entry.
 */
async function assertProved(
  { trail }: RevealDeps,
  transaction: Transaction,
  no: string,
  kept: OpenedCaller,
): Promise<void> {
  const entries = await trail.between(transaction, [[no, 1, lastEntry]]);
  const remedy = '不要使用这些资料；请审计人员核验轨迹，并查明数据库是怎样被改动的';
  const proving = entries.filter(
    (entry) =>
      entry.seq === 1 ||
      entry.type === 'sheet.corrected' ||
      (entry.type === 'unread' && entry.claimedType === 'sheet.corrected'),
  );
  const unread = proving.find(({ type }) => type === 'unread');
  if (unread) {
    const when = unread.seq === 1 ? '受理时' : '更正时';
    throw new Refusal('caller.altered', `工单 ${no} ${when}的轨迹被改动过，证明不了来电人资料仍是${when}的`, {
      where: `${no} 第 ${unread.seq} 条`,
      remedy,
    });
  }
  for (const field of callerFields) {
    const name = callerNames[field];
    const value = kept[field];
    // Null means that a correction removed the value.
    let digest: string | null | undefined;
    for (const entry of proving) {
      if (entry.type === 'unread') continue;
      if (entry.seq === 1) digest = entry.digests[name];
      else if (entry.type === 'sheet.corrected' && entry.body.fields.includes(name)) {
        digest = entry.digests[name] ?? null;
      }
    }
    if (!value || digest === undefined || digest === sealDigest(value.salt, value.value)) continue;
    throw new Refusal('caller.altered', `工单 ${no} 的来电人资料与轨迹的记载不符`, {
      where: callerNames[field],
      remedy,
    });
  }
}

/** PostgreSQL's greatest integer, larger than any entry number. */
const lastEntry = 2_147_483_647;

const nothing = (erasedAt: Date | null): Refusal =>
  erasedAt
    ? new Refusal('caller.none', '来电人资料已经删除', { remedy: '轨迹里有删除的记录' })
    : new Refusal('caller.none', '受理时没有登记来电人资料', { remedy: '向受理人员了解' });
