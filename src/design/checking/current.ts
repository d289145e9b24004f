/** Builds the context of the checks, and the words of the regulation, from this database. */
import { type CalendarKeeper } from '../../calendar/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import type { ClassTrees } from '../../sheet/classification/index.js';
import type { CheckContext, LawWords } from '../compliance/index.js';
import { isDecisionXml, sourcesInForce, type Handlers } from '../../engine/index.js';
import type { Identity } from '../../identity/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import type { PolicyKeeper } from '../../law/policy/index.js';
import type { Catalogue, Catalogues } from '../../law/regulation/index.js';
import { checkContextOf } from './check-context.js';

/** What the checks are made with. */
export interface CheckingParts {
  readonly calendar: CalendarKeeper;
  readonly catalogues: Catalogues;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly database: Database;
  readonly handlers: Handlers;
  readonly identity: Pick<Identity, 'rules'>;
  readonly laws: Laws;
  readonly policies: PolicyKeeper;
}

/** Undefined before anybody has registered a unit; then unit names in tables are not checked. */
async function unitNames(transaction: Transaction): Promise<readonly string[] | undefined> {
  const rows = await transaction.query<{ readonly name: string }>(
    'SELECT name FROM unit_overview ORDER BY id',
  );
  return rows.length > 0 ? rows.map(({ name }) => name) : undefined;
}

/** Words of the regulation in force. */
export async function currentLawWords({
  catalogues,
  clock,
  database,
}: Pick<CheckingParts, 'catalogues' | 'clock' | 'database'>): Promise<LawWords> {
  const { catalogue } = await database.transaction((transaction) => catalogues.at(transaction, clock.now()));
  const { deeds, clocks } = catalogue.vocabulary;
  return { deeds, clocks };
}

/** A day to come, and the diagrams and tables that will then be in force. */
export interface DayToCome {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string;
  readonly sources: readonly string[];
}

/** @param under the law to check by: that of a day to come, or one not yet recorded; default: today's */
export async function currentCheckContext(
  parts: CheckingParts,
  under?: DayToCome | { readonly law: Law; readonly catalogue: Catalogue },
): Promise<CheckContext> {
  const { calendar, catalogues, classTrees, clock, database, handlers, identity, laws, policies } = parts;
  const { sources, catalogue, classes, units } = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    await policies.refresh(transaction);
    const now = clock.now();
    const day = under && 'day' in under ? under : undefined;
    const { catalogue } =
      under && 'law' in under ? under : await catalogues.on(transaction, day?.day ?? civilDateOf(now), now);
    const classes = await classTrees.current(transaction);
    const units = await unitNames(transaction);
    const sources = day?.sources ?? (await sourcesInForce(transaction, now));
    return { sources, catalogue, classes, units };
  });
  const standing = policies.at(clock.now());
  return checkContextOf({
    law: lawUnder(under, laws),
    classes,
    units,
    norms: catalogue.norms,
    vocabulary: catalogue.vocabulary,
    inForce: sources.filter((source) => !isDecisionXml(source)),
    tables: sources.filter(isDecisionXml),
    handlers: handlers.names(),
    calendar: calendar.current(),
    policies: policies.catalogue.all,
    valueOf: (key) => standing.value(key),
    access: identity.rules,
  });
}

function lawUnder(under: Parameters<typeof currentCheckContext>[1], laws: Laws): Law {
  if (!under) return laws.today();
  return 'law' in under ? under.law : laws.on(under.day);
}
