/** What two people may change in a stuck case, and what they have proposed. */
import {
  openProposals,
  outlookOf,
  possibleInterventions,
  whatFollows,
  whatItChanges,
  type InterventionDeps,
  type Outlook,
  type Possible,
  type Proposal,
} from '../../cases/index.js';
import { Refusal } from '../../kernel/index.js';
import { isSamePerson, type Person } from '../../law/two-person/index.js';
import type { AnswerOf } from '../contract/operations.js';

type ProposalView = AnswerOf<'listProposals'>['items'][number];

const kinds = ['choice', 'boolean', 'number', 'date', 'text'] as const;

export function mendableView({ basedOn, tokens, variables }: Possible): AnswerOf<'readMendable'> {
  return {
    basedOn,
    tokens: tokens.map(({ element, targets, deployed, ...rest }) => {
      const place = (id: string) => ({ id, name: deployed.annotations.element(id)?.name ?? id });
      return { ...rest, processName: deployed.name, at: place(element), targets: targets.map(place) };
    }),
    variables: variables.map(({ field, value, ...rest }) => ({
      ...rest,
      kind: kinds.find((kind) => kind === field?.type) ?? 'any',
      options: field?.options ?? [],
      value: value === undefined ? null : JSON.stringify(value),
    })),
  };
}

export const outlookView = (
  { database, definitions }: InterventionDeps,
  found: Outlook,
): Promise<AnswerOf<'previewIntervention'>> =>
  database.transaction(async (transaction) => ({
    says: await whatFollows(transaction, definitions, found),
    goesOn: found.after.incidents.size === 0,
  }));

/** @throws {Refusal} `case.not-found` */
export async function proposalsView(
  deps: InterventionDeps,
  no: string,
  viewer: Person,
): Promise<readonly ProposalView[]> {
  const { database, trail } = deps;
  const entries = await database.transaction(async (transaction) => trail.read(transaction, [no]));
  const proposals = openProposals(entries.get(no) ?? []);
  if (proposals.length === 0) return [];
  const possible = await possibleNow(deps, no);
  return Promise.all(proposals.map((one) => proposalView(deps, possible, { no, viewer, one })));
}

/** Undefined once the case is no longer stuck. */
async function possibleNow(deps: InterventionDeps, no: string): Promise<Possible | undefined> {
  try {
    return await possibleInterventions(deps, no);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'incident.not-open') return undefined;
    throw error;
  }
}

async function proposalView(
  deps: InterventionDeps,
  possible: Possible | undefined,
  { no, viewer, one }: { readonly no: string; readonly viewer: Person; readonly one: Proposal },
): Promise<ProposalView> {
  const what = await deps.database.transaction((transaction) =>
    whatItChanges(transaction, deps.definitions, one, possible?.variables ?? []),
  );
  const { seq, at, actor, reason = null, act, basedOn } = one;
  const shown = { proposal: seq, at, actor, isOwn: isSamePerson(one, viewer), reason, what };
  if (!possible) return { ...shown, outlook: null, void: '工单已经走通' };
  try {
    const outlook = await outlookOf(deps, { no, act, basedOn });
    return { ...shown, outlook: await outlookView(deps, outlook), void: null };
  } catch (error) {
    if (error instanceof Refusal) return { ...shown, outlook: null, void: error.message };
    throw error;
  }
}
