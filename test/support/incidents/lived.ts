/** Planted incidents run on the real database: proposals at intake and on the leading sheet's page. */
import { accept, mergeSheets, proposeForDraft, proposeForSheet } from '../../../src/cases/index.js';
import type { System } from '../../../src/main.js';
import type { PlantedSheet } from './generate.js';

interface Time {
  /** Of the system. */
  readonly moveTo: (instant: Date) => void;
  /** Milliseconds, for measuring durations. */
  readonly now: () => number;
}

type Parts = Omit<System, 'close'>;

export interface Figures {
  readonly sheets: number;
  /** Callers of an incident after its first. */
  readonly members: number;
  /** Those to whom a sheet of their incident was proposed, at intake or later on the leading sheet's page. */
  readonly found: number;
  readonly foundAtIntake: number;
  readonly strangers: number;
  /** Strangers that got, or were, a proposal about another matter. */
  readonly strangersProposed: number;
  /** Pairs of a sheet and a leading sheet that were proposed, and those of two matters. */
  readonly proposals: number;
  readonly wrong: number;
  /** Milliseconds of a proposal at intake, sorted. */
  readonly times: readonly number[];
}

const actor = '受理员甲（p1）';

/** A knowing person merges correct proposals and ignores the others. */
export async function liveIncidents(
  system: Parts,
  planted: readonly PlantedSheet[],
  { moveTo, now }: Time,
): Promise<Figures> {
  const truth = new Map<string, string>();
  const strangers = new Set<string>();
  const first = new Map<string, string>();
  const leads = new Set<string>();
  const proposed = new Map<string, { readonly no: string; readonly isRight: boolean }>();
  const found = new Set<string>();
  const times: number[] = [];
  const members = new Set<string>();
  const note = (no: string, lead: string): boolean => {
    const isRight = truth.get(no) === truth.get(lead);
    proposed.set(`${no} ${lead}`, { no, isRight });
    if (isRight) found.add(no);
    return isRight;
  };
  const merge = async (members: readonly string[], lead: string): Promise<void> => {
    await mergeSheets(system, { lead, members, reason: '同一件事', actor });
    leads.add(lead);
  };

  for (const sheet of planted) {
    moveTo(sheet.receivedAt);
    const { title, content, district, kind, point, address } = sheet;
    const began = now();
    const proposals = await proposeForDraft(
      system,
      { title, content, district, kind, point, address, class: sheet.class ?? undefined },
      [],
    );
    times.push(now() - began);
    const no = await taken(system, sheet);
    truth.set(no, sheet.truth);
    const right = proposals.filter((one) => note(no, one.sheet.no));
    if (sheet.incident === null) strangers.add(no);
    else if (first.has(sheet.truth)) members.add(no);
    if (!first.has(sheet.truth)) first.set(sheet.truth, no);
    if (right[0]) await merge([no], right[0].sheet.no);
  }
  const foundAtIntake = [...members].filter((no) => found.has(no)).length;
  // The opener of a leading sheet merges correct proposals, then looks at the new ones, and so on.
  for (const lead of leads) {
    for (let more = true; more;) {
      const right = (await proposeForSheet(system, lead, [])).filter(({ sheet }) => note(sheet.no, lead));
      more = right.length > 0;
      if (!more) break;
      const joined = right.map(({ sheet }) => sheet.no);
      await merge(joined, lead);
      for (const no of joined) leads.delete(no);
    }
  }
  const wrong = [...proposed.values()].filter(({ isRight }) => !isRight);
  const mistaken = new Set(wrong.map(({ no }) => no));
  return {
    sheets: planted.length,
    members: members.size,
    found: [...members].filter((no) => found.has(no)).length,
    foundAtIntake,
    strangers: strangers.size,
    strangersProposed: [...strangers].filter((no) => mistaken.has(no)).length,
    proposals: proposed.size,
    wrong: wrong.length,
    times: times.sort((one, other) => one - other),
  };
}

async function taken(system: Parts, { point, address, ...sheet }: PlantedSheet): Promise<string> {
  const { title, content, kind, district } = sheet;
  const matter = {
    ...{ title, content, kind, district, channel: 'phone', replyWanted: true, confidential: false },
    ...{ language: 'zh' as const, messagesWanted: false, class: sheet.class ?? undefined },
    place: { address, point: point && { ...point, system: 'WGS-84' as const } },
  };
  const { no } = await system.database.transaction((transaction) =>
    accept(system, transaction, matter, { actor }),
  );
  return no;
}
