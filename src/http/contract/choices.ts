/** Choices and words on screens. This file has no schemas, because the console loads it and none of the schemas. */
import { streamKindNames, streamKinds } from '../../accountability/stream-kinds/index.js';
import { rolesOf } from '../../identity/roles/index.js';
import { hasPart, inBrackets, lawOf, type Law, type Part } from '../../kernel/law.js';
export { isOwnRole } from '../../identity/roles/index.js';
export { proposalStates } from '../../law/two-person/states/index.js';

export const roleChoices = (law: Law) => rolesOf(law).map(({ key, name }) => ({ id: key, title: name }));
export const unitKindChoices = (law: Law) => law.unitKinds.map(({ key, name }) => ({ id: key, title: name }));
export const streamKindChoices = streamKinds.map((id) => ({ id, title: streamKindNames[id] }));

/** Purposes for which a caller's data are revealed; the names of those that the city does not have stay for old records. */
export const purposeNames = (law: Law) => ({
  reply: `回复来电人${inBrackets(lawOf('time-limit', law))}`,
  'follow-up': `回访${inBrackets(lawOf('follow-up', law))}`,
  explanation: `向来电人说明${inBrackets(lawOf('callers-wishes', law))}`,
  'caller-asks': `来电人查询，核对本人${inBrackets(lawOf('progress', law))}`,
  supervision: `督办核实${inBrackets(lawOf('supervision', law))}`,
  investigation: `问责核实${inBrackets(lawOf('investigation', law))}`,
});

const partOfPurpose: { readonly [purpose: string]: Part } = {
  'follow-up': 'call-back',
  supervision: 'supervision',
  investigation: 'accountability',
};

/** Those that the city has. */
export const purposeChoices = (law: Law): Partial<ReturnType<typeof purposeNames>> =>
  Object.fromEntries(
    Object.entries(purposeNames(law)).filter(([purpose]) => {
      const part = partOfPurpose[purpose];
      return part === undefined || hasPart(part, law);
    }),
  );

/** Messages on the log-in page by the code in its address. */
export const singleSignOnProblems: { readonly [code: string]: string } = {
  'oidc.cancelled': '在统一身份认证那里没有完成登录。再登录一次，或用口令登录。',
  'oidc.clock': '本系统与统一身份认证的时钟相差太多。再登录一次；仍不行请系统管理员校时。',
  'oidc.off': '没有启用统一身份认证。请用口令登录。',
  'oidc.refused': '统一身份认证的答复不能接受。再登录一次；仍不行请系统管理员核对设置。',
  'oidc.stale': '这次登录已经用过、过期，或者不是从这个浏览器开始的。请重新登录。',
  'oidc.unknown': '统一身份认证的身份没有关联本系统的帐号，或者帐号已经停用。请安全管理员关联。',
  'oidc.unreachable': '统一身份认证此刻没有应答。稍后再试，或用口令登录。',
};
