/**
 * Tries a table that proposes units on past sheets and compares it with the version in force: which
 * sheets would go to another unit.
 */
import { pastSheets, type PastSheet } from '../../sheet/classification/index.js';
import {
  assertDecidable,
  parseDecision,
  type DecisionTable,
  type DefinitionStore,
} from '../../engine/index.js';
import { proposalOf, type ProposedAnswers } from './proposal.js';
import type { Using } from '../parts.js';

const mostTried = 10_000;
const mostListed = 200;
/**
 * Sheets per turn. With a table of thousands of rows a turn takes some tens of milliseconds;
 * requests are answered between turns.
 */
const sheetsAtOnce = 25;

export interface ProposalTrial {
  /** Number of past classified sheets examined. */
  readonly tried: number;
  /** Number of sheets for which a person decides. */
  readonly undecided: { readonly before: number; readonly after: number };
  readonly moved: number;
  /** Changed proposals, newest first, at most 200. */
  readonly moves: readonly {
    readonly no: string;
    /** Proposed units, the lead unit first. */
    readonly from: string | null;
    readonly to: string | null;
    /** The row of the tried table that decides; null if none does. */
    readonly row: number | null;
  }[];
}

/** @throws {Refusal} `definition.not-dmn`, `definition.unsupported` */
export async function tryProposals(
  {
    database,
    definitions,
    clock,
  }: Using<'clock' | 'database'> & {
    readonly definitions: Pick<DefinitionStore, 'prepare' | 'table'>;
  },
  source: string,
): Promise<ProposalTrial> {
  const table = await parseDecision(source);
  assertDecidable(table);
  const now = clock.now();
  const { standing, sheets } = await database.transaction(async (transaction) => {
    await definitions.prepare(transaction, []);
    const known = definitions.table(table.key, now)?.table;
    return { standing: known, sheets: await pastSheets(transaction, mostTried) };
  });
  return triedOn({ table, standing }, sheets, now);
}

/** @param tables the table being tried, and the version in force if there is one */
export async function triedOn(
  { table, standing }: { readonly table: DecisionTable; readonly standing: DecisionTable | undefined },
  sheets: readonly PastSheet[],
  now: Date,
): Promise<ProposalTrial> {
  const decided: ProposalTrial['moves'][number][] = [];
  for (const sheet of sheets) {
    const [before, after] = [standing && proposalOf(standing, sheet, now), proposalOf(table, sheet, now)];
    decided.push({
      no: sheet.no,
      ...{ from: standing ? unitsOf(standing, before) : null, to: unitsOf(table, after) },
      row: after?.row ?? null,
    });
    if (decided.length % sheetsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const moves = decided.filter(({ from, to }) => from !== to);
  return {
    tried: sheets.length,
    undecided: {
      before: decided.filter(({ from }) => from === null).length,
      after: decided.filter(({ to }) => to === null).length,
    },
    moved: moves.length,
    moves: moves.slice(0, mostListed),
  };
}

function unitsOf({ outputs }: DecisionTable, proposal: ProposedAnswers | undefined): string | null {
  const named = outputs.flatMap(({ name, register }) =>
    register === 'unit' || register === 'units' ? (proposal?.answers[name] ?? []) : [],
  );
  return named.length > 0 ? named.join('、') : null;
}
