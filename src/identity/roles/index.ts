/** Roles of people. Runs in browsers: no Node imports. */
import type { Law } from '../../kernel/law.js';

/** The program's: nine roles for sheets and rules, and three administrators whose powers must not be combined. */
export const roles = [
  'intake',
  'handler',
  'reviewer',
  'supervisor',
  'assessor',
  'inspector',
  'compliance-editor',
  'compliance-approver',
  'auditor',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;

type ProgramRole = (typeof roles)[number];

declare const own: unique symbol;
/** A role that the package declares (`roles.json`): it does its own tasks in its own unit, and nothing else. */
type OwnRole = string & { readonly [own]: true };

export type Role = ProgramRole | OwnRole;

const titles: Readonly<Record<ProgramRole, string>> = {
  intake: '受理',
  handler: '承办',
  reviewer: '审核',
  supervisor: '督办',
  assessor: '考核',
  inspector: '监察',
  'compliance-editor': '合规编辑',
  'compliance-approver': '合规审批',
  auditor: '审计',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
};

export const isOwnRole = (role: string): role is OwnRole =>
  (roles as readonly string[]).every((one) => one !== role);

/** Everywhere somebody takes requests, and maintains and audits the rules; who does the rest depends on the diagrams. */
const everywhere: readonly Role[] = ['intake', ...roles.slice(roles.indexOf('compliance-editor'))];

/** The roles that people of the city may have: in the program's order, then the package's own. */
export const rolesOf = ({ roles: listed }: Pick<Law, 'roles'>): readonly { key: Role; name: string }[] => {
  const named = (key: Role): string => listed.find((one) => one.key === key)?.name ?? titleOf(key);
  const known = new Set(listed.map(({ key }) => key));
  return [
    ...roles.filter((role) => everywhere.includes(role) || known.has(role)),
    ...[...known].filter(isOwnRole),
  ].map((key) => ({ key, name: named(key) }));
};

/** In the program's words. */
export const titleOf = (role: Role): string => (isOwnRole(role) ? role : titles[role]);

/** What the city calls the role; the program's word for one that the city does not have. */
export const roleTitle = (role: Role, law: Pick<Law, 'roles'>): string =>
  law.roles.find(({ key }) => key === role)?.name ?? titleOf(role);

/** Key of a kind of units that the package lists (`regulation/units.json`). */
export type UnitKind = string;
