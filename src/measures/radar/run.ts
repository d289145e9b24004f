/** Examines everything once and stores what is new. A second run changes nothing but the record of the run. */
import { latestEntry } from '../../accountability/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { addToInboxes } from '../../channel/notification/index.js';
import { provisionFor } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { appendRadarEntries, type RadarDeps } from './append-entry.js';
import { radarStream } from './projectors.js';
import { changesOf, type Change } from './compare.js';
import { look, type Hypothesis } from './look.js';
import { radarRules } from './rules.js';
import { knownHypotheses, lockRadar, nextId } from './store/radar-store.js';
import { watchFacts, type Asked, type Watched } from './store/read-facts.js';

const day = 24 * 3_600_000;

export interface Sight extends Watched {
  readonly since: Date;
  readonly hypotheses: readonly Hypothesis[];
}

/** Examines everything and stores nothing. @throws {Refusal} `vault.locked` */
export async function lookNow(deps: RadarDeps, realm: Asked['realm']): Promise<Sight> {
  const rules = radarRules();
  const since = realm === 'replay' ? new Date(0) : new Date(deps.clock.now().getTime() - rules.days * day);
  const seen = look(rules);
  const watched = await watchFacts(deps, rules, { realm, since }, seen);
  return { ...watched, since, hypotheses: seen.hypotheses() };
}

export interface RadarRun extends Sight {
  readonly raised: number;
  readonly grown: number;
  readonly reopened: number;
}

/** @param actor a person, or the daily job */
export async function runRadar(deps: RadarDeps, actor: string): Promise<RadarRun> {
  const rules = radarRules();
  const sight = await lookNow(deps, 'live');
  return deps.database.transaction(async (transaction) => {
    await lockRadar(transaction);
    const changes = changesOf(rules, await knownHypotheses(transaction), sight.hypotheses);
    const at = deps.clock.now();
    let next = await nextId(transaction, 'radar_hypothesis');
    const entries: { type: Change['type'] | 'radar.looked'; body: JsonObject }[] = changes.map((change) => ({
      ...{ type: change.type, body: bodyOf(change.id ?? next++, change) },
    }));
    const { size, sheets, unread, since, hypotheses } = sight;
    entries.push({
      type: 'radar.looked',
      body: {
        ...{ actor, size, sheets, unread, since: since.toISOString() },
        ...{ rules: rules.digest, hypotheses: hypotheses.length },
      },
    });
    const place = await appendRadarEntries(deps, transaction, at, entries);
    const count = (type: Change['type']) => changes.filter((change) => change.type === type).length;
    const [raised, grown, reopened] = [count('radar.raised'), count('radar.grown'), count('radar.reopened')];
    if (raised + reopened > 0) {
      const notice = {
        ...{ ...place, element: 'radar', recipient: 'role:auditor', level: null },
        title: `线索：新的 ${raised} 条，重新打开的 ${reopened} 条`,
        text: '统计上少见的情形，不是认定；打开“线索”看所依据的条目，可以询问单位，由您决定。',
        article: provisionFor('investigation', deps.laws.today()),
        at,
      };
      await addToInboxes(transaction, [notice], at);
    }
    return { ...sight, raised, grown, reopened };
  });
}

const bodyOf = (id: number, { hypothesis, fresh }: Change): JsonObject => {
  const { pattern, subject, found, of, restFound, restOf, power } = hypothesis;
  return {
    ...{ hypothesis: id, pattern, kind: subject.kind, subject: subject.name },
    ...{ found, of, restFound, restOf, power },
    entries: fresh.map(({ stream, seq }) => ({ stream, seq })),
  };
};

export interface LastLook {
  readonly at: Date;
  readonly actor: string;
  readonly sheets: number;
  readonly unread: number;
  readonly since: Date;
}

/** The last run, from the trail; undefined if it never ran. */
export async function lastLook(transaction: Transaction): Promise<LastLook | undefined> {
  const entry = await latestEntry(transaction, radarStream, 'radar.looked');
  if (!entry) return undefined;
  const { actor, sheets, unread, since } = entry.body;
  return { at: entry.at, actor, sheets, unread, since: new Date(since) };
}
