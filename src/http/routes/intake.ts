import { toShanghaiIso, civilDateOf } from '../../kernel/civil-date.js';
import {
  classifySheet,
  intakeFormInForce,
  suggestIntake,
  type IntakeSuggestions,
  type ProposedAnswers,
} from '../../cases/index.js';
import type { FormField } from '../../engine/index.js';
import { trigramsKnowChinese, type SheetGist } from '../../sheet/index.js';
import type { HttpDeps } from '../deps.js';
import { assertSeen } from '../sight.js';
import type { Handlers } from '../dispatch.js';
import type { intakeOperations } from '../contract/intake.js';
import type { CaseViews } from '../views/case-view.js';
import { classView } from './classification.js';
import { knowledgeView } from './knowledge.js';

export function intakeHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof intakeOperations> {
  let textSearch: boolean | undefined;
  return {
    readIntakeForm: async () => {
      const form = await deps.database.transaction((transaction) => intakeFormInForce(deps, transaction));
      const shown = ({ options, ...field }: FormField) => ({ ...field, options: [...options] });
      return {
        status: 200,
        body: {
          register: form.register.map(shown),
          ways: form.ways.map(({ way, fields }) => ({ way, fields: fields.map(shown) })),
        },
      };
    },
    suggestIntake: async ({ viewer, body }) => {
      textSearch ??= await deps.database.transaction(trigramsKnowChinese);
      const { point, nearMetres: metres, nearDays, ...draft } = body;
      const since = new Date(deps.clock.now().getTime() - nearDays * 24 * 3_600_000);
      const { classes, units, dispatch, duplicates, nearby, place, sameCaller, knowledge } =
        await suggestIntake(deps, { ...draft, near: point && { point, metres, since } });
      const today = civilDateOf(deps.clock.now());
      const theirs = ({ no }: SheetGist): boolean => !viewer.recusedFrom.includes(no);
      return {
        status: 200,
        body: {
          classes: classes.map(({ placed, name, because, dispatch: unit }) => ({
            class: classView(placed),
            name,
            because: [...because],
            dispatch: dispatchView(unit),
          })),
          units: units.map(({ name, because }) => ({ name, because: [...because] })),
          dispatch: dispatchView(dispatch),
          duplicates: duplicates
            .filter(theirs)
            .map((one) => ({ ...gistView(one), similarity: one.similarity })),
          nearby: nearby
            .filter(theirs)
            .map((one) => ({ ...gistView(one), metres: one.metres, similarity: one.similarity })),
          place: placeView(place),
          sameCaller: sameCaller.filter(theirs).map(gistView),
          knowledge: knowledge.map((one) => ({ ...knowledgeView(one, today), similarity: one.similarity })),
          textSearch,
        },
      };
    },
    classifyWorkOrder: async ({ viewer, params, body }) => {
      await assertSeen(deps, viewer, params.no);
      await classifySheet(deps, params.no, body.class, viewer.actor);
      return { status: 200, body: await views.afterAct(params.no, viewer) };
    },
  };
}

const dispatchView = (proposal: ProposedAnswers | undefined) =>
  proposal ? { ...proposal, answers: { ...proposal.answers } } : null;

const placeView = (place: IntakeSuggestions['place']) => {
  if (!place) return null;
  return 'fault' in place
    ? { longitude: null, latitude: null, within: null, fault: place.fault }
    : { ...place, fault: null };
};

const gistView = ({ no, kind, title, receivedAt, ended }: SheetGist) => ({
  no,
  kind,
  title,
  receivedAt: toShanghaiIso(receivedAt),
  state: ended ? ('ended' as const) : ('open' as const),
});
