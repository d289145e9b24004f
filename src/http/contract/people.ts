/** Administration of units, accounts and roles. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { instant, shape, shapeAsked, text } from './primitives.js';
import { language } from './work-order.js';
import { login, password, role, roleId, unitKind } from './session.js';
import { where } from './said-by-law.js';

const unitName = text(100)
  .regex(/^\S+$/, '单位名称不能含空格')
  .meta({ description: '单位名称，与工单上写的一致', example: '市水务局' });

const unit = shape('Unit', {
  name: z.string(),
  kind: unitKind,
  kindName: z.string(),
  parent: z.string().nullable(),
});

const accusedList = shape('AccusedList', {
  items: z.array(
    z.object({
      accused: z.string().describe('写在表单和轨迹里的：unit:单位、agent:登录名、official:登录名'),
      name: z.string(),
      unit: z.string().nullable().describe('人员的单位'),
    }),
  ),
});

const unitList = shape('UnitList', { items: z.array(unit) });

const newUnit = shapeAsked('NewUnit', { name: unitName, kind: unitKind, parent: unitName.optional() });

/** Languages in which a person answers callers. */
export const spoken = z
  .array(language.exclude(['zh']))
  .max(10)
  .describe('中文以外，会哪几种语言：来电人用这种语言的，先派给会的人');

const person = shape('Person', {
  name: column('姓名', 'name', z.string(), { sort: true }),
  login: column('登录名', 'code', z.string(), { sort: true }),
  unit: column('单位', 'text', z.string(), { sort: true }),
  roles: column('角色', 'text', z.array(role), { none: '没有角色' }),
  closedAt: instant.nullable(),
  createdAt: instant,
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
  singleSignOn: z.boolean().describe('是否关联了统一身份认证的用户'),
  languages: spoken,
});

const personList = shape('PersonList', { items: z.array(person) });

const newPerson = shapeAsked('NewPerson', {
  login,
  name: text(60),
  unit: unitName,
  oidcSubject: text(400).optional().describe('单点登录的标识：“发行者 主体”；填了它就不设口令'),
});

const oneTimePassword = shape('OneTimePassword', {
  password: password.nullable().describe('一次性口令，只出现这一次；单点登录的为 null'),
});

export const personParams = z.strictObject({ login });
const grantParams = z.strictObject({ login, role: roleId });

export const newAdministrator = z.strictObject({ login, name: text(60), unit: unitName, password });

export const peopleOperations = under('单位和人员', {
  listUnits: {
    request: 'GET /api/units',
    summary: '单位，上级在前',
    access: 'signed-in',
    because: '公开机关的名称；表单里选单位要用',
    scopes: ['units:read'],
    answers: { 200: json('单位', unitList) },
  },
  findAccused: {
    request: 'GET /api/accused',
    summary: '找线索所指控的单位、人员，至多 50 个',
    access: ['inspector'],
    query: z.strictObject({ q: text(60).optional() }),
    answers: { 200: json('单位、人员', accusedList) },
  },
  addUnit: {
    request: 'POST /api/units',
    summary: '增加一个单位',
    access: ['system-admin', 'security-admin'],
    body: newUnit,
    answers: { 201: json('已增加', unit) },
    refusals: ['unit.exists', 'unit.not-found'],
  },
  listPersons: {
    request: 'GET /api/persons',
    summary: '帐号及其角色',
    access: ['system-admin', 'security-admin', 'audit-admin'],
    answers: { 200: json('帐号', personList) },
  },
  addPerson: {
    request: 'POST /api/persons',
    summary: '开一个帐号，尚无角色',
    access: ['system-admin', 'security-admin'],
    body: newPerson,
    answers: { 201: json('已开，一次性口令交给本人', oneTimePassword) },
    refusals: ['person.exists', 'unit.not-found'],
  },
  grantRole: {
    request: 'PUT /api/persons/{login}/roles/{role}',
    summary: '授予一个角色；互斥的不授',
    access: ['security-admin'],
    params: grantParams,
    answers: { 200: json('授予后的帐号', person) },
    refusals: ['person.not-found', 'role.exclusive', 'role.own'],
  },
  revokeRole: {
    request: 'DELETE /api/persons/{login}/roles/{role}',
    summary: '收回一个角色；会话随即结束',
    access: ['security-admin'],
    params: grantParams,
    answers: { 200: json('收回后的帐号', person) },
    refusals: ['person.not-found'],
  },
  setLanguages: {
    request: 'PUT /api/persons/{login}/languages',
    summary: `写明一个人会哪几种语言，记入轨迹；派单、待办${where('call-back', '、回访')}依它`,
    access: ['system-admin', 'security-admin'],
    params: personParams,
    body: shapeAsked('SpokenLanguages', { languages: spoken }),
    answers: { 200: json('写明后的帐号', person) },
    refusals: ['person.not-found'],
  },
  resetPassword: {
    request: 'POST /api/persons/{login}/password-reset',
    summary: '重置口令，动态口令一并取消；会话随即结束',
    access: ['security-admin'],
    params: personParams,
    answers: { 200: json('一次性口令，交给本人', oneTimePassword) },
    refusals: ['person.not-found'],
  },
  resetSecondFactor: {
    request: 'POST /api/persons/{login}/second-factor-reset',
    summary: '取消动态口令（手机丢了），口令不变；会话随即结束',
    access: ['security-admin'],
    params: personParams,
    answers: { 200: json('取消后的帐号', person) },
    refusals: ['person.not-found'],
  },
  closePerson: {
    request: 'POST /api/persons/{login}/closure',
    summary: '停用一个帐号；会话随即结束',
    access: ['security-admin'],
    params: personParams,
    answers: { 200: json('停用后的帐号', person) },
    refusals: ['person.not-found'],
  },
});
