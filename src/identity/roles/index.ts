/** Roles of people. Runs in browsers: no Node imports. */

/** Nine roles for sheets and rules, and three administrators whose powers must not be combined. */
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

export type Role = (typeof roles)[number];

export const roleTitles: Readonly<Record<Role, string>> = {
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

/** Key of a kind of units that the package lists (`regulation/units.json`). */
export type UnitKind = string;
