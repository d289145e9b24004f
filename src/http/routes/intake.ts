import { civilDateOf } from '../../kernel/civil-date.js';
import {
  classifySheet,
  intakeFormInForce,
  suggestIntake,
  type IntakeSuggestions,
} from '../../cases/index.js';
import { trigramsKnowChinese, type SheetGist } from '../../sheet/index.js';
import type { HttpDeps } from '../deps.js';
import { assertSeen } from '../sight.js';
import type { Handlers } from '../dispatch.js';
import type { intakeOperations } from '../contract/intake.js';
import type { CaseViews } from '../views/case-view.js';
import { knowledgeView } from './knowledge.js';

export function intakeHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof intakeOperations> {
  let textSearch: boolean | undefined;
  return {
    readIntakeForm: async (_input, transaction) => {
      const { register, ways } = await intakeFormInForce(deps, transaction);
      return { register, ways };
    },
    suggestIntake: async ({ viewer, body }, transaction) => {
      textSearch ??= await trigramsKnowChinese(transaction);
      const knowsChinese = textSearch;
      return async () => {
        const { point, nearMetres: metres, nearDays, ...draft } = body;
        const since = new Date(deps.clock.now().getTime() - nearDays * 24 * 3_600_000);
        const { classes, units, dispatch, duplicates, nearby, place, sameCaller, knowledge } =
          await suggestIntake(deps, { ...draft, near: point && { point, metres, since } });
        const today = civilDateOf(deps.clock.now());
        const theirs = ({ no }: SheetGist): boolean => !viewer.recusedFrom.includes(no);
        return {
          classes: classes.map(({ placed, name, because, dispatch: unit }) => ({
            class: placed,
            name,
            because,
            dispatch: unit ?? null,
          })),
          units,
          dispatch: dispatch ?? null,
          duplicates: duplicates
            .filter(theirs)
            .map((one) => ({ ...gistView(one), similarity: one.similarity })),
          nearby: nearby.filter(theirs).map((one) => ({ ...one, ...gistView(one) })),
          place: placeView(place),
          sameCaller: sameCaller.filter(theirs).map(gistView),
          knowledge: knowledge.map((one) => ({ ...knowledgeView(one, today), similarity: one.similarity })),
          textSearch: knowsChinese,
        };
      };
    },
    classifyWorkOrder: async ({ viewer, params, body }) => {
      await assertSeen(deps, viewer, params.no);
      await classifySheet(deps, params.no, body.class, viewer.actor);
      return views.afterAct(params.no, viewer);
    },
  };
}

const placeView = (place: IntakeSuggestions['place']) => {
  if (!place) return null;
  return 'fault' in place
    ? { longitude: null, latitude: null, within: null, fault: place.fault }
    : { ...place, fault: null };
};

const gistView = ({ ended, ...rest }: SheetGist) => ({
  ...rest,
  state: ended ? ('ended' as const) : ('open' as const),
});
