/** Finds tasks of a role of the package's own that record a deed outside its `may`, and deeds there that none records. */
import type { Role } from '../../../identity/index.js';
import { deedTitle } from '../../compliance/index.js';
import type { LintRule } from './rule.js';

export const ownRoles: LintRule = ({ catalogue, diagrams, access, law }) =>
  law.roles.flatMap(({ key, name = key }) => {
    const may = access.may(key as Role);
    if (may.length === 0) return [];
    const done = [...diagrams].flatMap(([process, { elements }]) =>
      elements
        .filter(({ role }) => role === key)
        .flatMap(({ id, deeds }) =>
          deeds.map((deed) => ({ at: `processes/${process}.bpmn ${id}`, deed: deed.name })),
        ),
    );
    const beyond = done.filter(({ deed }) => !may.includes(deed));
    const idle = may.filter((deed) => !done.some((one) => one.deed === deed));
    return [
      ...beyond.map(({ at, deed }) => ({
        where: at,
        what: `${name}只做 may 里的行为，这个环节却记“${deedTitle(catalogue.vocabulary, deed)}”（${deed}）`,
        fix: `条例让${name}做的，在 roles.json 它的 may 里写上 ${deed}；不让的，改环节的 duty:role`,
      })),
      ...idle.map((deed) => ({
        where: `regulation/roles.json roles ${key}`,
        what: `${name}的 may 写了 ${deed}，没有一个 duty:role="${key}" 的环节记它`,
        fix: '画上那个环节，或者从 may 里去掉',
      })),
    ];
  });
