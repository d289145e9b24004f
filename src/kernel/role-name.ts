/** Display names of roles in the city's words; unknown roles are shown by id. */
import type { Law } from './law.js';

const shipped: { readonly [role: string]: string } = {
  adjudicator: '裁定人员',
  assessor: '考核人员',
  body: '被指控的单位、人员所在的机构',
  coordinator: '协调人员',
  dispatcher: '派单人员',
  'district-supervisor': '区县督办人员',
  'general-office': '市政府办公厅',
  government: '市人民政府',
  inspector: '监察人员',
  intake: '受理人员',
  'objection-reviewer': '异议复核人员',
  publisher: '公布人员',
  'review-panel': '复核组',
  reviewer: '审核回访人员',
  superior: '上级机关',
  supervisor: '督办人员',
  unit: '承办单位',
};

export const roles = (law: Law): { readonly [role: string]: string } => ({
  ...shipped,
  ...law.titles?.roles,
  ...Object.fromEntries(law.roles.flatMap(({ key, name }) => (name === undefined ? [] : [[key, name]]))),
});

/** Those that people of the city perform. */
export const roleNames = (law: Law): { readonly id: string; readonly title: string }[] =>
  Object.entries(roles(law))
    .filter(([id]) => law.duties.includes(id))
    .map(([id, title]) => ({ id, title }));

export const roleName = (role: string | null, law: Law): string | null =>
  role === null ? null : (roles(law)[role] ?? role);
