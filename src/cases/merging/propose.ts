/**
 * Proposes sheets of the same matter. Indexes find candidates, which are judged by place, class,
 * time and words. People decide.
 */
import type { ClassTrees } from '../../sheet/classification/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import {
  carriedBy,
  leadOf,
  likenessToGroup,
  matterCandidates,
  mattersOf,
  membersOf,
  mergedSheets,
  readGroup,
  readMatter,
  type CarriedMember,
  type Likeness,
  type MatterOfSheet,
  type MatterTraits,
  type MergedSheet,
  type ReadGroup,
  type Reach,
} from '../../sheet/index.js';
import { unknownCase } from '../read-case.js';
import type { Using } from '../parts.js';

export type ProposeDeps = Using<'clock' | 'database' | 'laws' | 'policies'>;

/** A proposed leading sheet, with the reasons. */
export interface MergeProposal extends Likeness {
  readonly sheet: MergedSheet;
}

export interface Merging {
  /** The sheet that this one is merged into already. */
  readonly lead: MergedSheet | undefined;
  /** Members of a leading sheet, in order of receipt. */
  readonly members: readonly MergedSheet[];
  /** Acts on the leading sheet that were repeated for its members, newest first. */
  readonly carried: readonly CarriedMember[];
}

const mostActs = 5;

const mostProposed = 50;

/** Proposals for an agent's unfinished draft. @param recusedFrom numbers of sheets that the agent may not see */
export async function proposeForDraft(
  deps: ProposeDeps & { readonly classTrees: ClassTrees },
  draft: Omit<MatterTraits, 'classPath' | 'receivedAt'> & { readonly class: string | undefined },
  recusedFrom: readonly string[],
): Promise<readonly MergeProposal[]> {
  return deps.database.transaction(async (transaction) => {
    const { class: code, ...traits } = draft;
    const tree = code === undefined ? undefined : await deps.classTrees.current(transaction);
    const classPath = (code === undefined ? undefined : tree?.find(code))?.path.map((one) => one.code) ?? [];
    const matter = { ...traits, classPath, receivedAt: deps.clock.now() };
    return proposals(deps, transaction, { own: null, group: [matter], recusedFrom });
  });
}

/**
 * Proposals for an accepted sheet; none if it is merged or closed. A leading sheet is compared by
 * the words of all its callers, so that early sheets of a matter are found even if its common
 * wording came later.
 *
 * @throws {Refusal} `case.not-found`
 */
export async function proposeForSheet(
  deps: ProposeDeps,
  no: string,
  recusedFrom: readonly string[],
): Promise<readonly MergeProposal[]> {
  return deps.database.transaction(async (transaction) => {
    const [own] = await mergedSheets(transaction, [no]);
    if (!own) throw unknownCase(no, deps.laws.today());
    const [matter] = await mattersOf(transaction, [no]);
    if (!matter || own.ended || matter.lead !== null) return [];
    const members = await mattersOf(transaction, await membersOf(transaction, no));
    return proposals(deps, transaction, { own: no, group: [matter, ...members], recusedFrom });
  });
}

interface Asked {
  readonly own: string | null;
  /** The sheet or draft itself first, then its members. */
  readonly group: readonly MatterTraits[];
  readonly recusedFrom: readonly string[];
}

async function proposals(
  { policies, clock }: ProposeDeps,
  transaction: Transaction,
  { own, group, recusedFrom }: Asked,
): Promise<readonly MergeProposal[]> {
  await policies.refresh(transaction);
  const { reach, least } = thresholdsOf(policies.at(clock.now()));
  const known = group.map(readMatter);
  const mine = readGroup(known);
  const found = await matterCandidates(transaction, own, known, reach);
  const others = new Map<string, MatterOfSheet[]>();
  for (const one of found) {
    const lead = one.lead ?? one.no;
    if (lead !== own && !recusedFrom.includes(lead)) others.set(lead, [...(others.get(lead) ?? []), one]);
  }
  const likely = [...others]
    .flatMap(([no, sheets]): [string, Likeness][] => {
      const theirs = sheets.map(readMatter);
      const likeness = ofGroups(mine, readGroup(theirs), reach);
      return likeness && likeness.score >= least ? [[no, likeness]] : [];
    })
    .sort(([, one], [, other]) => other.sum - one.sum)
    .slice(0, mostProposed);
  const numbers = likely.map(([no]) => no);
  const sheets = new Map((await mergedSheets(transaction, numbers)).map((sheet) => [sheet.no, sheet]));
  return likely.flatMap(([no, likeness]) => {
    const sheet = sheets.get(no);
    return sheet ? [{ sheet, ...likeness }] : [];
  });
}

/** Iterates over the smaller group, since in most pairs one group is a single sheet. */
function ofGroups(one: ReadGroup, other: ReadGroup, reach: Reach): Likeness | undefined {
  const [few, many] = one.sheets.length < other.sheets.length ? [one, other] : [other, one];
  let best: Likeness | undefined;
  for (const sheet of few.sheets) {
    const found = likenessToGroup(sheet, many, reach);
    if (found && (!best || found.sum > best.sum)) best = found;
  }
  return best;
}

/** How alike each sheet is to the leading sheet and its members, even if it would not be proposed. */
export async function scoresOf(
  { policies, clock }: Pick<ProposeDeps, 'policies' | 'clock'>,
  transaction: Transaction,
  lead: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  await policies.refresh(transaction);
  const { reach } = thresholdsOf(policies.at(clock.now()));
  const led = await mattersOf(transaction, [lead, ...(await membersOf(transaction, lead))]);
  const group = readGroup(led.map(readMatter));
  const given = await mattersOf(transaction, numbers);
  return new Map(given.map((one) => [one.no, likenessToGroup(readMatter(one), group, reach)?.score ?? 0]));
}

/** Thresholds set by policies (docs/merging.md). */
function thresholdsOf(values: { value(key: string): string | undefined }) {
  const number = (text: string | undefined): number => Number(/\d+/.exec(text ?? '')?.[0]);
  return {
    reach: { metres: number(values.value('mergeMetres')), days: number(values.value('mergeDays')) },
    least: number(values.value('mergeLeast')),
  };
}

/** Reads with the database's rights: a unit's viewer sees only that unit's sheets. */
export async function mergingOf(database: Database, no: string): Promise<Merging> {
  return database.transaction(async (transaction) => {
    const lead = await leadOf(transaction, no);
    const members = await membersOf(transaction, no);
    const [sheet] = lead === undefined ? [] : await mergedSheets(transaction, [lead]);
    const carried = await carriedBy(transaction, no, mostActs);
    return { lead: sheet, members: await mergedSheets(transaction, members), carried };
  });
}
