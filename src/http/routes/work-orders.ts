import { parseInstant } from '../../kernel/instant.js';
import { acceptOnce, personsIn, sendMessage, standInsOf, recusedUnits } from '../../cases/index.js';
import { barredCases } from '../../engine/index.js';
import { roleTitle, type Principal, type StandInRoles, type SystemPrincipal } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { findNarrowed, narrowedSheets, type Narrowing, type SheetMark } from '../../sheet/index.js';
import { mostCounted } from '../contract/primitives.js';
import { cursorOf, markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import type { Sharing } from '../sharing.js';
import { assertSeen, forViewer, performerOf, readAs, seesCallers, unitsSeen } from '../sight.js';
import { caseSummaries } from '../store/case-summary-store.js';
import type { CaseViews } from '../views/case-view.js';
import { isAmong } from './personal-data.js';
import { summaryView } from '../views/sheet-view.js';

export function workOrderHandlers(
  deps: HttpDeps,
  views: CaseViews,
  sharing: Sharing,
): Pick<Handlers, 'acceptRequest' | 'sendMessage' | 'listWorkOrders' | 'readWorkOrder' | 'readTrail'> {
  return {
    sendMessage: async ({ viewer, params, body }, transaction) => {
      const senders = deps.identity.rules.sendersOf(body.message);
      const may =
        deps.identity.rules.maySend(body.message, viewer.roles, viewer.person.unit.kind) ||
        deps.identity.rules.sendInstead(
          body.message,
          viewer.duties,
          await takenIn(deps, transaction, params.no),
        );
      if (!may) {
        throw new Refusal('access.denied', `“${body.message.slice(0, 60)}”不由您发送`, {
          where: 'message',
          remedy:
            senders.length === 0
              ? '这个消息只在流程之间传递，或者没有这个消息'
              : `由担任${senders.map((role) => `“${roleTitle(role, deps.laws.today())}”`).join('、')}的人发送`,
        });
      }
      return async () => {
        await assertSeen(deps, viewer, params.no);
        const ownOnly = deps.identity.rules.namesOwnUnits(body.message, viewer.roles);
        await sendMessage(
          deps,
          params.no,
          body.message,
          viewer.actor,
          body.answers,
          ownOnly ? viewer.units : undefined,
        );
        return views.afterAct(params.no, viewer);
      };
    },
    acceptRequest: async ({ viewer, body, headers }, transaction) => {
      const { answers, accusedPersons, call, upstream, ...matter } = body;
      const accused = personsIn(accusedPersons ?? '');
      const registersOnly =
        isAmong(viewer, accused) || recusedUnits(answers).some((unit) => viewer.belongsTo.includes(unit));
      const { no, callerSecret, isNew } = await acceptOnce(
        deps,
        transaction,
        { key: keyOf(viewer, headers['idempotency-key']), request: body },
        matter,
        {
          ...{ actor: viewer.actor, accused, call },
          atOnce: { answers, performer: performerOf(viewer), registersOnly },
          upstream: upstream && {
            ...upstream,
            due: upstream.due ? parseInstant(upstream.due, 'end-of-day') : null,
          },
        },
      );
      if (!isNew) assertNotRecused(viewer, no, deps.laws.today());
      return async () => {
        const order = await views.afterAct(no, viewer);
        const located = { Location: `/api/work-orders/${encodeURIComponent(no)}` };
        return callerSecret === null
          ? new Reply(200, order, located)
          : new Reply(201, { ...order, callerSecret }, located);
      };
    },
    listWorkOrders: async ({ viewer, query }) => {
      const { limit, cursor, q, realm } = query;
      const after = markOf(marks.sheet, cursor);
      const fenced = viewer.sight.kind === 'units';
      const reading = readAs(deps, viewer, async (transaction) => {
        const asked = { most: limit + 1, after };
        const callers = seesCallers(viewer);
        const narrowing = await narrowingOf(deps, transaction, query);
        const found = narrowing
          ? await narrowed(deps, transaction, narrowing, { ...asked, q, callers })
          : q !== undefined && { numbers: await deps.sheets.search(transaction, q, { ...asked, callers }) };
        const read = found
          ? await deps.sheets.named(transaction, found.numbers)
          : await deps.sheets.list(transaction, { limit: limit + 1, after, realm, fenced });
        const page = pageOf(read, limit, ({ mark }) => mark);
        const goOn = found && 'goOn' in found && found.goOn ? cursorOf(found.goOn) : null;
        const numbers = page.rows.map(({ sheet }) => sheet.no);
        return {
          ...page,
          next: page.next ?? goOn,
          summaries: await caseSummaries(transaction, numbers),
        };
      });
      const isAll = [q, query.district, query.class, query.unit].every((one) => one === undefined);
      const counting = isAll
        ? sharing.ask(
            `sheets ${realm} ${JSON.stringify([unitsSeen(viewer), viewer.recusedFrom])}`,
            forViewer(deps, viewer).database,
            (transaction) => deps.sheets.count(transaction, { realm, fenced }, mostCounted),
          )
        : undefined;
      const [{ rows, next, summaries }, count, marked] = await Promise.all([
        reading,
        counting,
        deps.marked(),
      ]);
      // A search is not counted, because counting would mean finding everything.
      const total = count ?? rows.length;
      const law = deps.laws.today();
      const items = rows.map(({ sheet }) => summaryView(sheet, summaries.get(sheet.no), marked, law));
      return {
        total: Math.min(total, mostCounted),
        totalOrMore: total > mostCounted || (count === undefined && next !== null),
        limit,
        next,
        items,
      };
    },
    readWorkOrder: ({ viewer, params }) => views.workOrder(params.no, viewer),
    readTrail: ({ viewer, params }) => views.trail(params.no, viewer),
  };
}

/** Undefined if the list is not filtered. A class that is not in force matches nothing. */
async function narrowingOf(
  { classTrees }: Pick<HttpDeps, 'classTrees'>,
  transaction: Transaction,
  { district, class: code, unit }: { readonly [name in 'district' | 'class' | 'unit']?: string | undefined },
): Promise<Narrowing | undefined> {
  if (code === undefined)
    return district === undefined && unit === undefined ? undefined : { district, unit };
  const tree = await classTrees.current(transaction);
  const placed = tree.find(code);
  const leaves = tree.leaves.filter(({ path }) => path.some((one) => one.code === code));
  return {
    district,
    unit,
    class: placed?.level === 1 && !placed.leaf ? { area: code } : { leaves: leaves.map((leaf) => leaf.code) },
  };
}

async function narrowed(
  { sheets }: Pick<HttpDeps, 'sheets'>,
  transaction: Transaction,
  narrowing: Narrowing,
  { q, callers, ...page }: NarrowedPage,
): Promise<{ readonly numbers: readonly string[]; readonly goOn?: SheetMark | undefined }> {
  if (q === undefined) return { numbers: await narrowedSheets(transaction, narrowing, page) };
  return findNarrowed(
    transaction,
    narrowing,
    async (most, after) => {
      const numbers = await sheets.search(transaction, q, { most, after, callers });
      const [last] = await sheets.named(transaction, numbers.slice(-1));
      return { numbers, end: last?.mark };
    },
    page,
  );
}

interface NarrowedPage {
  readonly q: string | undefined;
  readonly callers: boolean;
  readonly most: number;
  readonly after: SheetMark | undefined;
}

/** A repeated request returns the sheet as it is now, but not to a person recused since. */
function assertNotRecused({ recusedFrom }: Principal, no: string, law: Law): void {
  if (!recusedFrom.includes(no)) return;
  throw new Refusal('case.not-found', `这一请求已经受理为工单 ${no}；您或者您的单位须回避，不再显示`, {
    remedy: '不必再发；以后由他人或者代办的机构办理',
    provision: lawOf('recusal-of-persons', law),
  });
}

/** Roles whose tasks stand-ins do in the case. */
async function takenIn(
  { identity, policies }: Pick<HttpDeps, 'identity' | 'policies'>,
  transaction: Transaction,
  no: string,
): Promise<StandInRoles> {
  const barred = await barredCases(transaction, [no]);
  const one = barred.get(no);
  return one ? standInsOf(identity.rules.standIns)(one.variables, policies.at(one.startedAt)) : {};
}

/** Keys are per system: the same key from two systems means two requests. */
const keyOf = (asker: Principal | SystemPrincipal, key: string | undefined): string | undefined =>
  key !== undefined && 'system' in asker ? `system ${asker.system} ${key}` : key;
