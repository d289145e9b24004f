/** Logging in and out, and one's own account. */
import { z } from 'zod';
import type { Role, UnitKind } from '../../identity/index.js';
import { instant, text } from './primitives.js';

const roleIds = [
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
] as const satisfies readonly Role[];

const unitKindIds = [
  'hotline',
  'general-office',
  'inspection',
  'district',
  'department',
  'enterprise',
] as const satisfies readonly UnitKind[];

export const roleId = z.enum(roleIds).meta({
  description: '受理、承办、审核、督办、考核、监察、合规编辑、合规审批、审计,以及系统、安全、审计三类管理员',
});

export const unitKind = z.enum(unitKindIds).meta({
  description: '热线工作机构、政府办公厅、监察机关、区县、部门、公用企业事业单位',
});

export const login = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/, '登录名为 2 至 40 个小写字母、数字、点、横线,以字母开头')
  .meta({ description: '登录名', example: 'zhangsan' });

/** As it is typed: blanks at its ends count. */
export const password = z.string().min(1).max(200);

const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '动态口令是 6 位数字')
  .meta({ description: '动态口令' });

export const role = z.object({ id: roleId, title: z.string() });

export const session = z
  .object({
    csrf: z.string().meta({ description: '凡改动数据的请求,以请求头 X-CSRF-Token 带上它(登录也是)' }),
    person: z
      .object({
        login: z.string(),
        name: z.string(),
        unit: z.object({ name: z.string(), kind: unitKind, kindName: z.string() }),
      })
      .nullable()
      .meta({ description: '没有登录的为 null' }),
    roles: z.array(role),
    duties: z.array(z.string()).meta({ description: '可以办的岗位,即流程图上的 duty:role' }),
    messages: z.array(z.string()).meta({ description: '可以向工单发的消息' }),
    units: z.array(z.string()).meta({ description: '本单位及下级单位' }),
    mustChangePassword: z.boolean().meta({ description: '须先改口令才能办别的' }),
    secondFactor: z.boolean().meta({ description: '是否已设动态口令' }),
    authAt: instant.nullable().meta({ description: '最近一次验证身份的时刻' }),
    recentUntil: instant
      .nullable()
      .meta({ description: '到此时刻为止,发布、查看来电人资料、导出不须再次验证身份' }),
  })
  .meta({ id: 'Session' });

/** Names that are no log-in names are no secret either: they fail as wrong ones do. */
export const signIn = z
  .strictObject({
    login: text(200).meta({ description: '登录名', example: 'zhangsan' }),
    password: password.meta({ description: '口令' }),
    code: code.optional(),
  })
  .meta({ id: 'SignIn' });

export const proof = signIn.omit({ login: true }).meta({ id: 'Proof' });

export const passwordChange = z
  .strictObject({ password, code: code.optional(), next: password.meta({ description: '新口令' }) })
  .meta({ id: 'PasswordChange' });

export const secondFactorOffer = z
  .object({ secret: z.string(), address: z.string().meta({ description: 'otpauth:// 地址,可作二维码' }) })
  .meta({ id: 'SecondFactorOffer' });

export const secondFactorConfirmation = z
  .strictObject({ secret: z.string().regex(/^[A-Z2-7]{32}$/, '密钥不对'), code })
  .meta({ id: 'SecondFactorConfirmation' });
