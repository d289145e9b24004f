/** Units, accounts and roles, for those who administer them. */
import { z } from 'zod';
import { instant, text } from './primitives.js';
import { login, password, role, roleId, unitKind } from './session.js';

const unitName = text(100)
  .regex(/^\S+$/, '单位名称不能含空格')
  .meta({ description: '单位名称,与工单上写的一致', example: '市水务局' });

export const unit = z
  .object({ name: z.string(), kind: unitKind, kindName: z.string(), parent: z.string().nullable() })
  .meta({ id: 'Unit' });

export const unitList = z.object({ items: z.array(unit) }).meta({ id: 'UnitList' });

export const newUnit = z
  .strictObject({ name: unitName, kind: unitKind, parent: unitName.optional() })
  .meta({ id: 'NewUnit' });

export const person = z
  .object({
    login: z.string(),
    name: z.string(),
    unit: z.string(),
    roles: z.array(role),
    createdAt: instant,
    closedAt: instant.nullable(),
    mustChangePassword: z.boolean(),
    secondFactor: z.boolean(),
  })
  .meta({ id: 'Person' });

export const personList = z.object({ items: z.array(person) }).meta({ id: 'PersonList' });

export const newPerson = z
  .strictObject({
    login,
    name: text(60),
    unit: unitName,
    oidcSubject: text(400).optional().meta({ description: '单点登录的标识:“发行者 主体”;填了它就不设口令' }),
  })
  .meta({ id: 'NewPerson' });

export const oneTimePassword = z
  .object({
    password: password.nullable().meta({ description: '一次性口令,只出现这一次;单点登录的为 null' }),
  })
  .meta({ id: 'OneTimePassword' });

export const personParams = z.strictObject({ login });
export const grantParams = z.strictObject({ login, role: roleId });

export const newAdministrator = z.strictObject({ login, name: text(60), unit: unitName, password });
