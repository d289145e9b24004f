/** The dispatch table, edited as a whole: tested on past sheets, saved as the next version. */
import { createHash } from 'node:crypto';
import type { Trail } from '../../accountability/index.js';
import {
  addRules,
  dispatchOf,
  lockRules,
  pastSheets,
  rulesInForce,
  shadowedRules,
  type ClassTree,
  type ClassTrees,
  type DispatchRule,
} from '../../classification/index.js';
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { assertUnits, type UnitRegister } from '../units.js';
import { lawOf } from '../../kernel/law.js';

interface TableDeps {
  readonly database: Database;
  readonly classTrees: ClassTrees;
  readonly trail: Trail;
  readonly units: UnitRegister;
  readonly clock: Clock;
}

const mostTried = 10_000;
const mostListed = 200;

export interface RuleTrial {
  /** Past classified sheets examined. */
  readonly tried: number;
  /** Sheets without a matching rule. */
  readonly undecided: { readonly before: number; readonly after: number };
  readonly moved: number;
  /** Newest first, at most 200. */
  readonly moves: readonly {
    readonly no: string;
    readonly from: string | null;
    readonly to: string | null;
    /** The deciding row; null if none. */
    readonly row: number | null;
  }[];
  /** Rows that never decide, with the earlier row that hides them. */
  readonly shadowed: readonly { readonly row: number; readonly by: number }[];
}

/** @throws {Refusal} `classification.unknown`, `unit.not-found` */
export async function tryRules(deps: TableDeps, rules: readonly DispatchRule[]): Promise<RuleTrial> {
  return deps.database.transaction(async (transaction) => {
    const tree = await deps.classTrees.current(transaction);
    await check(deps.units, transaction, rules, tree);
    const inForce = await rulesInForce(transaction);
    const sheets = await pastSheets(transaction, mostTried);
    const decided = sheets.map((sheet) => ({
      no: sheet.no,
      before: dispatchOf(inForce.rules, sheet),
      after: dispatchOf(rules, sheet),
    }));
    const moved = decided.filter(({ before, after }) => unitsOf(before?.rule) !== unitsOf(after?.rule));
    return {
      tried: sheets.length,
      undecided: {
        before: decided.filter(({ before }) => !before).length,
        after: decided.filter(({ after }) => !after).length,
      },
      moved: moved.length,
      moves: moved.slice(0, mostListed).map(({ no, before, after }) => ({
        no,
        from: before?.rule.unit ?? null,
        to: after?.rule.unit ?? null,
        row: after?.row ?? null,
      })),
      shadowed: shadowedRules(rules, isBelow(tree)),
    };
  });
}

/**
 * @param table.basedOn the version edited; a newer one is not overwritten
 * @throws {Refusal} `dispatch-rules.stale`, `dispatch-rules.invalid`, `classification.unknown`, `unit.not-found`
 */
export async function saveRules(
  deps: TableDeps,
  table: {
    readonly rules: readonly DispatchRule[];
    readonly basedOn: number;
    readonly actor: string;
    readonly reason: string;
  },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    await lockRules(transaction);
    const { version } = await rulesInForce(transaction);
    if (version !== table.basedOn) {
      throw new Refusal('dispatch-rules.stale', `规则表已是第 ${version} 版,所改的是第 ${table.basedOn} 版`, {
        where: 'basedOn',
        remedy: '读取现行规则表,在它上面重新修改',
      });
    }
    const tree = await deps.classTrees.current(transaction);
    await check(deps.units, transaction, table.rules, tree);
    const [shadowed] = shadowedRules(table.rules, isBelow(tree));
    if (shadowed) {
      throw new Refusal(
        'dispatch-rules.invalid',
        `第 ${shadowed.row} 行永远轮不到:凡合它的,第 ${shadowed.by} 行先合`,
        { where: `rules.${shadowed.row - 1}`, remedy: '把窄的规则放在宽的前面,或者删去多余的' },
      );
    }
    const at = deps.clock.now();
    const { actor, reason, rules } = table;
    await addRules(transaction, { version: version + 1, rules, reason, savedAt: at, savedBy: actor });
    const sha256 = createHash('sha256').update(JSON.stringify(rules), 'utf8').digest('hex');
    const body = { version: version + 1, actor, reason, rules: rules.length, sha256 };
    await deps.trail.append(transaction, [
      { stream: 'dispatch-rules', type: 'dispatch-rules.saved', at, body },
    ]);
  });
}

async function check(
  register: UnitRegister,
  transaction: Transaction,
  rules: readonly DispatchRule[],
  tree: ClassTree,
): Promise<void> {
  rules.forEach(({ class: code, unit, supporting }, index) => {
    if (code && !tree.find(code)) {
      throw new Refusal('classification.unknown', `第 ${index + 1} 行:现行分类里没有编码“${code}”`, {
        where: `rules.${index}.class`,
        remedy: '从现行分类里选;分类见 GET /api/classification',
      });
    }
    if (supporting.includes(unit) || new Set(supporting).size < supporting.length) {
      throw new Refusal('dispatch-rules.invalid', `第 ${index + 1} 行:一个单位写了两次`, {
        where: `rules.${index}.supporting`,
        remedy: '主办单位只有一个,协办单位各写一次',
        provision: lawOf('lead-unit'),
      });
    }
  });
  const unknown = new Set(
    await register.unknownAmong(
      transaction,
      rules.flatMap(({ unit, supporting }) => [unit, ...supporting]),
    ),
  );
  for (const [index, { unit, supporting }] of rules.entries()) {
    if (unknown.size === 0) break;
    const at = { where: `rules.${index}.unit`, place: `第 ${index + 1} 行` };
    await assertUnits(
      register,
      transaction,
      [unit, ...supporting].filter((name) => unknown.has(name)),
      at,
    );
  }
}

const unitsOf = (rule: DispatchRule | undefined): string =>
  rule ? JSON.stringify([rule.unit, [...rule.supporting].sort()]) : '';

const isBelow =
  (tree: ClassTree) =>
  (code: string, above: string): boolean =>
    tree.find(code)?.path.some((place) => place.code === above) ?? false;
