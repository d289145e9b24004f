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

/** Kinds of units: runs the hotline, leads it, handles, holds to account. */
export const unitKinds = [
  'hotline',
  'general-office',
  'government',
  'inspection',
  'district',
  'department',
  'enterprise',
] as const;

export type UnitKind = (typeof unitKinds)[number];

export const unitKindNames: Readonly<Record<UnitKind, string>> = {
  hotline: '热线工作机构',
  'general-office': '政府办公厅',
  government: '人民政府',
  inspection: '监察机关',
  district: '区县',
  department: '部门',
  enterprise: '公用企业事业单位',
};
