import type { Said } from '../contract/operation.js';
import type { z } from 'zod';
import { assignTask, doDeed, eachTask, readTask, type Outcome } from '../../cases/index.js';
import { loadsOf, teamsOf, type Assignee } from '../../cases/assignment/index.js';
import type { Person, Viewer } from '../../identity/index.js';
import { actorName } from '../../kernel/actor.js';
import { Refusal } from '../../kernel/index.js';
import type { assignmentOperations } from '../contract/assignment.js';
import type { spoken } from '../contract/people.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { forViewer, performerOf } from '../sight.js';
import { unitName } from '../../kernel/unit-name.js';

/** The table holds no other languages. */
type Spoken = Said<typeof spoken>;

/** The deed of signing for a sheet that was handed over. */
const signing = 'matter.received';

export function assignmentHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof assignmentOperations> {
  /** Open accounts of the viewer's units that do units' tasks. */
  const colleaguesOf = async ({ units }: Viewer): Promise<readonly Person[]> =>
    (await deps.identity.people.list()).filter(
      ({ closedAt, roles, unit }) =>
        closedAt === null && roles.includes('handler') && units.includes(unitName(unit.name)),
    );

  const assigneeOf = async (
    viewer: Viewer,
    body: z.output<typeof assignmentOperations.assignTasks.body>,
  ): Promise<Assignee | null> => {
    if ('team' in body) return { team: body.team };
    if ('nobody' in body) return null;
    const person = (await colleaguesOf(viewer)).find(({ login }) => login === body.person);
    if (!person) {
      throw new Refusal('person.not-found', `本单位没有登录名为“${body.person.slice(0, 60)}”的经办人`, {
        where: 'person',
        remedy: '从可以分派的人里选',
      });
    }
    return { person: actorName(person) };
  };

  return {
    signTasks: async ({ viewer, body }) => {
      const performer = performerOf(viewer);
      const outcomes = await eachTask(body.tasks, async (id) => {
        await assertVisible(deps, viewer, id);
        return doDeed(deps, id, signing, performer, { withMembers: body.members === true });
      });
      return { results: outcomes.map(outcomeView) };
    },
    assignTasks: async ({ viewer, body }) => {
      const to = await assigneeOf(viewer, body);
      const { actor, units, recusedFrom } = viewer;
      const outcomes = await eachTask(body.tasks, async (id) => {
        await assertVisible(deps, viewer, id);
        return assignTask(deps, id, { actor, units, recusedFrom, to });
      });
      return { results: outcomes.map(outcomeView) };
    },
    listColleagues: async ({ viewer }) => {
      const persons = await colleaguesOf(viewer);
      return async (transaction) => {
        const teams = await teamsOf(transaction, viewer.units);
        const loads = await loadsOf(transaction, persons.map(actorName));
        return {
          persons: persons.map((one) => ({
            ...one,
            actor: actorName(one),
            unit: one.unit.name,
            languages: one.languages as Spoken,
            load: loads.get(actorName(one)) ?? 0,
          })),
          teams,
        };
      };
    },
  };
}

/** A task that the viewer may not see does not exist for them; the act itself reports that a visible one is closed. */
async function assertVisible(deps: HttpDeps, viewer: Viewer, id: string): Promise<void> {
  await readTask(forViewer(deps, viewer), id).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'task.closed') throw error;
  });
}

const outcomeView = ({ id, done, refusal }: Outcome) => ({
  id,
  done,
  ...(refusal === undefined ? {} : { code: refusal.code, detail: refusal.message }),
  ...(refusal?.remedy === undefined ? {} : { remedy: refusal.remedy }),
});
