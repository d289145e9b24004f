/**
 * What does not fit an amendment yet: diagrams and tables in force that the checks refuse under the
 * amended law, and texts that still say what it changes. A list before the approval; from the day
 * in force an entry and a notice every night, until nothing is left.
 */
import { addToInboxes } from '../../channel/notification/index.js';
import { nightly, packageTexts, readAmendments, versionsOf, type AmendDeps } from '../../cases/index.js';
import { definitionOf, isDecisionXml, parseDecision, parseDiagram, processOf } from '../../engine/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { lawOfContent } from '../../kernel/law-of-content.js';
import { packageOn } from '../../kernel/package-content.js';
import { readPackageLists } from '../../kernel/package-lists.js';
import {
  catalogueOf,
  changesOf,
  outdated,
  type Amendment,
  type CatalogueContent,
} from '../../law/regulation/index.js';
import type { Job } from '../../platform/jobs/index.js';
import { checkApart, currentCheckContext, type CheckingParts } from '../checking/index.js';
import type { CheckContext } from '../compliance/index.js';

interface Unready {
  /** The process, table or text, in Chinese. */
  readonly where: string;
  readonly why: string;
  readonly fix: string;
}

interface Versions {
  readonly before: CatalogueContent;
  readonly after: CatalogueContent;
}

export async function unreadyFor(parts: CheckingParts, versions: Versions): Promise<readonly Unready[]> {
  const now = await currentCheckContext(parts, underContent(versions.before));
  const then = await currentCheckContext(parts, underContent(versions.after));
  const found: Unready[] = [];
  for (const source of [...then.inForce, ...then.tables]) {
    const errors = await errorsIn(source, then);
    if (errors.length === 0) continue;
    const where = await titleOf(source);
    const known = new Set((await errorsIn(source, now)).map(({ message }) => message));
    for (const { message, fix } of errors) if (!known.has(message)) found.push({ where, why: message, fix });
  }
  const texts = outdated(changesOf(versions.before, versions.after, parts.laws.today()), packageTexts());
  return [
    ...found,
    ...texts.map(({ title, why }) => ({ where: title, why, fix: '改成修改以后的说法，随城市包更新' })),
  ];
}

const underContent = (content: CatalogueContent) => ({
  law: lawOfContent(content, readPackageLists(packageOn(content.version.inForceFrom))),
  catalogue: catalogueOf(content),
});

const errorsIn = async (source: string, context: CheckContext) =>
  (await checkApart(source, context)).findings.filter(({ severity }) => severity === 'error');

async function titleOf(source: string): Promise<string> {
  if (isDecisionXml(source)) return `决策表“${(await parseDecision(source)).name}”`;
  const definition = definitionOf(await parseDiagram(source));
  return `流程图“${processOf(definition).name ?? definition.key}”`;
}

const stream = 'regulation';
const { job, schedule } = nightly('regulation.readiness', '核对修改过的条例都跟上了没有', '条例');

type ReadinessDeps = CheckingParts & AmendDeps;

export const dailyReadiness = (deps: ReadinessDeps): Job => job(deps, () => tellUnready(deps));

export const scheduleReadiness = (deps: ReadinessDeps): Promise<void> =>
  schedule(deps, (_transaction, now) => now);

/** Once a day, however often programs start. */
async function tellUnready(deps: ReadinessDeps): Promise<void> {
  const { clock, database, laws, trail } = deps;
  const today = civilDateOf(clock.now());
  const standing = await database.transaction(async (transaction) => {
    const told = (await trail.read(transaction, [stream])).get(stream) ?? [];
    if (told.some(({ type, at }) => type === 'regulation.unready' && civilDateOf(at) === today))
      return undefined;
    const last = (await readAmendments(deps, transaction)).findLast(
      ({ state, inForceFrom }) => state === 'approved' && inForceFrom <= today,
    );
    return last && { last, versions: await versionsOf(transaction, last, laws.today()) };
  });
  if (!standing) return;
  const unready = await unreadyFor(deps, standing.versions);
  if (unready.length > 0) await tell(deps, standing.last, unready);
}

const mostNamed = 20;

const tell = (
  { clock, database, trail }: ReadinessDeps,
  { id, title, editors }: Amendment,
  unready: readonly Unready[],
): Promise<void> =>
  database.transaction(async (transaction) => {
    const at = clock.now();
    const missing = unready.slice(0, mostNamed).map(({ where, why }) => `${where}：${why}`);
    const body = { amendment: id, count: unready.length, missing };
    const entry = { stream, type: 'regulation.unready', at, body } as const;
    const bookmarks = await trail.append(transaction, [entry]);
    const seq = trail.numberOf(bookmarks.get(stream) ?? null);
    const recipients = ['role:compliance-approver', ...editors.map(({ login }) => `person:${login}`)];
    const text = `“${title}”已经施行，还有 ${unready.length} 处没有跟上：${missing.slice(0, 3).join('；')}。`;
    await addToInboxes(
      transaction,
      recipients.map((recipient) => ({
        ...{ stream, seq, recipient, text, at },
        ...{ title: '还没有跟上：条例的修改', element: `amendment:${id}`, level: null, article: null },
      })),
      at,
    );
  });
