/** Describes a trail entry in one sentence. */
import { archivedKinds, computedOf, eventOf, type ReadableEntry } from '../../accountability/events/index.js';
import { inCityWords, type Law } from '../../kernel/law.js';
import { roleTitle, type Role } from '../../identity/index.js';
import type { Elements } from '../definition-reader.js';

export interface EntryContext {
  /** Elements of the version in which the entry's step ran. */
  readonly elements: Pick<Elements, 'get'>;
  readonly processName: (key: string) => string;
  /** Its words stand in the titles of entries. */
  readonly law: Law;
}

/** The same title that the verifier uses. */
export const alteredTitle = '✖ 改动内容：已不是记下时的内容';
const unknownTitle = '更新的程序记下的，本程序读不懂';

/** A step of a case is titled by the element of its diagram, any other entry by its type. */
export function entryTitle(entry: ReadableEntry, { elements, processName, law }: EntryContext): string {
  const named = (id: string): string => elements.get(id)?.name ?? id;
  switch (entry.type) {
    case 'unread':
      return entry.altered ? alteredTitle : unknownTitle;
    case 'instance.started':
      return `“${processName(entry.body.process)}”流程开始`;
    case 'instance.cancelled':
      return `“${processName(entry.body.process)}”流程撤销`;
    case 'task.completed':
      return `办结“${named(entry.body.of)}”`;
    case 'task.failed':
      return `“${named(entry.body.of)}”未能办成`;
    case 'message.received': {
      const { process, from } = entry.body;
      const obstacle = obstacleIn(entry);
      const told = `“${processName(process)}”流程收到${from === undefined ? '' : `“${processName(from)}”流程的`}通知`;
      return obstacle === undefined ? told : `${told}，没有受理：${obstacle}`;
    }
    case 'signal.received':
      return `“${processName(entry.body.process)}”流程收到信号`;
    case 'timer.fired':
    case 'deadline.recomputed':
    case 'deadline.rearmed':
    case 'escalation.revoked':
    case 'escalation.redated':
      return `${eventOf(entry.type).title}：${named(entry.body.of)}`;
    case 'condition.met':
      return `“${processName(entry.body.process)}”流程的条件成立`;
    case 'incident.opened':
    case 'incident.retried':
    case 'incident.closed': {
      const { kind, of, process, where } = entry.body;
      const what = kind === 'condition' ? `“${processName(process)}”流程的条件` : named(of);
      return `${eventOf(entry.type).title}：${what}${where === undefined ? '' : `（停在“${named(where)}”）`}`;
    }
    case 'token.moved':
      return `人工把“${named(entry.body.of)}”移到“${named(entry.body.to)}”`;
    case 'token.withdrawn':
      return `人工取消“${named(entry.body.of)}”`;
    case 'own-variable.corrected':
      return `人工更正“${named(entry.body.of)}”的变量 ${entry.body.variable}`;
    case 'variable.corrected':
      return `${eventOf(entry.type).title} ${entry.body.variable}`;
    case 'sheet.assigned': {
      const whom = entry.body.person ?? entry.body.team;
      return whom === undefined ? '收回分派' : `分派给 ${whom}`;
    }
    case 'samples.added':
      return `${eventOf(entry.type).title}：${entry.body.persons.map(({ of }) => of).join('、')}`;
    case 'role.granted':
    case 'role.revoked': {
      const { role } = entry.body;
      return `${eventOf(entry.type).title}：${roleTitle(role as Role, law)}`;
    }
    case 'token.issued':
    case 'token.replaced':
    case 'token.revoked':
      return `${eventOf(entry.type).title}：${entry.body.token}`;
    case 'archive.opened':
      return `${eventOf(entry.type).title}：${entry.body.businessKey ?? entry.body.oldInstance}`;
    case 'archive.log-checked':
      return `${eventOf(entry.type).title}：${entry.body.file}`;
    case 'archive.recorded': {
      const { kind, name, of: element, happenedAt } = entry.body;
      const when = happenedAt?.slice(0, 16).replace('T', ' ');
      return `旧系统的${archivedKinds[kind]} ${[name ?? element, when].filter(Boolean).join('，')}`.trimEnd();
    }
    default:
      return inCityWords(eventOf(entry.type).title, law);
  }
}

/** Why the step refused an application: handlers write the reason to a variable `…Obstacle`. */
function obstacleIn(entry: ReadableEntry): string | undefined {
  const found = Object.entries(computedOf(entry)).flatMap(([name, value]) =>
    name.endsWith('Obstacle') && typeof value === 'string' ? [value] : [],
  );
  return found[0];
}
