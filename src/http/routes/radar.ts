import { assertUnits } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  answerQuestion,
  askUnit,
  decideHypothesis,
  decisionsOn,
  findQuestion,
  hypothesisNo,
  lastLook,
  listHypotheses,
  placesOf,
  questionsAbout,
  questionsTo,
  unknownHypothesis,
  unknownQuestion,
  chanceOf,
  radarRules,
  rulesOfPattern,
  sentenceOf,
  type Question,
  type StoredHypothesis,
} from '../../measures/radar/index.js';
import type { radarOperations } from '../contract/radar.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { readAs } from '../sight.js';

export function radarHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof radarOperations> {
  /** Hypotheses concern all units, so only people who see all sheets may see them. */
  const assertSees = ({ sight }: Principal, id: number): void => {
    if (sight.kind !== 'all') throw unknownHypothesis(id);
  };

  /** Reads with the viewer's row-level security: a unit gets only entries of its own sheets. */
  const placesFor = (viewer: Principal, hypothesis: number) =>
    readAs(deps, viewer, (transaction) => placesOf(transaction, hypothesis));

  const detail = async (viewer: Principal, id: number) => {
    assertSees(viewer, id);
    const entries = await placesFor(viewer, id);
    return async (transaction: Transaction) => {
      const hypothesis = await hypothesisNo(transaction, id);
      const { kind, subject } = hypothesis;
      return {
        ...hypothesisView(hypothesis),
        units: kind === 'unit' || kind === 'units' ? subject.split('、') : [],
        entries,
        questions: (await questionsAbout(transaction, id)).map(questionView),
        decisions: await decisionsOn(transaction, id),
      };
    };
  };

  const asked = async (transaction: Transaction, question: Question) => {
    const shown = {
      ...questionView(question),
      ...figuresView(await hypothesisNo(transaction, question.hypothesis)),
    };
    return async (viewer: Principal) => ({ ...shown, entries: await placesFor(viewer, question.hypothesis) });
  };

  return {
    listRadar: async ({ viewer, query: { limit, offset, standing, pattern } }, transaction) => {
      const asked = { limit, offset, standing, pattern };
      const none = { total: 0, items: [] };
      const { total, items } = viewer.sight.kind === 'all' ? await listHypotheses(transaction, asked) : none;
      const last = (await lastLook(transaction)) ?? null;
      return { total, limit, offset, items: items.map(hypothesisView), last };
    },
    readRadar: ({ viewer, params: { id } }) => detail(viewer, id),
    askAboutRadar: ({ viewer, params: { id }, body: { unit, question } }) => {
      assertSees(viewer, id);
      return async (transaction) => {
        await hypothesisNo(transaction, id);
        await assertUnits(deps.units, transaction, [unit], { where: 'unit', place: '询问的单位' });
        return async () => {
          await askUnit(deps, id, { unit, question, actor: viewer.actor });
          return detail(viewer, id);
        };
      };
    },
    decideRadar: async ({ viewer, params: { id }, body }) => {
      assertSees(viewer, id);
      await decideHypothesis(deps, id, { ...body, actor: viewer.actor });
      return detail(viewer, id);
    },
    listRadarQuestions: async ({ viewer, query: { limit, offset } }, transaction) => {
      const { total, items } = await questionsTo(transaction, viewer.units, { limit, offset });
      const shown: Awaited<ReturnType<typeof asked>>[] = [];
      for (const question of items) shown.push(await asked(transaction, question));
      return async () => {
        const seen = [];
        for (const one of shown) seen.push(await one(viewer));
        return { total, limit, offset, items: seen };
      };
    },
    answerRadarQuestion: async ({ viewer, params: { id }, body: { answer } }) => {
      await answerQuestion(deps, id, { answer, actor: viewer.actor, units: viewer.units });
      return async (transaction) => {
        const question = await findQuestion(transaction, id);
        if (!question) throw unknownQuestion(id);
        const shown = await asked(transaction, question);
        return () => shown(viewer);
      };
    },
  };
}

function figuresView(one: StoredHypothesis) {
  const { pattern, subject, found, of, restFound, restOf, power } = one;
  const { title, looks, innocent } = rulesOfPattern(radarRules(), pattern);
  return {
    ...{ pattern, title, subject, sentence: sentenceOf(one), looks, innocent },
    ...{ found, of, restFound, restOf, chance: chanceOf(power) },
  };
}

const hypothesisView = (one: StoredHypothesis) => ({ ...one, ...figuresView(one) });

const questionView = ({ answer, answeredBy, answeredAt, ...rest }: Question) => ({
  ...rest,
  answer:
    answer === null || answeredBy === null || answeredAt === null
      ? null
      : { text: answer, by: answeredBy, at: answeredAt },
});
