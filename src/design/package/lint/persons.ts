/** Finds elements in which a machine does what only a person may do (`"person": true`). */
import { normInWords, type LintRule } from './rule.js';

/** What people do, or say by a message; everything else happens by itself. */
const peoples = /^bpmn:(UserTask|ManualTask|ReceiveTask)$/;

export const persons: LintRule = ({ catalogue, diagrams }) => {
  const ofPersons = new Map(
    catalogue.vocabulary.deeds.filter(({ person }) => person).map((deed) => [deed.name, deed]),
  );
  return [...diagrams].flatMap(([process, { elements }]) =>
    elements
      .filter(({ type, catches }) => !peoples.test(type) && catches === null)
      .flatMap((element) =>
        element.deeds.flatMap(({ name }) => {
          const deed = ofPersons.get(name);
          if (!deed) return [];
          const norm = catalogue.norms.find(({ id }) => element.norms.some((link) => link.norm === id));
          return [
            {
              where: `processes/${process}.bpmn ${element.id}`,
              what: `“${deed.title}”（${name}）只能由人做，“${element.name}”却由程序做${norm ? `：${normInWords(norm)}` : ''}`,
              fix: '改成用户任务，写明岗位；法律允许由程序做的，从条例词汇的这个行为去掉 person',
            },
          ];
        }),
      ),
  );
};
