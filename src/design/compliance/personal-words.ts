/** Recognises fields that ask for personal data, by variable name and label. */
import type { FormField } from '../../engine/model/index.js';

/** `accused`: complained about, or with an interest in the matter. */
export type PersonalData = 'caller' | 'accused';

const accusedKeys = new Set([
  'accusedUnit',
  'accusedPersons',
  'demandedUnits',
  'interestedUnits',
  'recusedUnits',
  'suspendedUnits',
  'withdrawingUnits',
]);
const callerKeys =
  /^(caller|contact|complainant|reporter|informant)(?!Shielded|Back)|(phone|mobile|telephone|idCard|idNumber|identityNumber|homeAddress|email|bankCard)(Number|No)?$/i;
const callerLabels =
  /(来电人|投诉人|举报人|诉求人|当事人|本人)的?(真实)?(姓名|名字|电话|手机|联系|住址|地址|身份证|证件|账号|银行)|身份证|手机号|家庭住址|银行卡|(联系|家庭)(电话|方式|地址)/;
/** Yes/no questions, and labels that forbid personal data. */
const harmless = /要求|不写|不得写|是否|保密/;
const accusedLabels = /被(投诉|举报|控告)|利害关系|应当回避/;

export function classOf({ key, label, type }: FormField): PersonalData | undefined {
  if (type === 'boolean') return undefined;
  if (accusedKeys.has(key) || accusedLabels.test(label)) return 'accused';
  if (type === 'choice') return undefined;
  if (callerKeys.test(key)) return 'caller';
  return callerLabels.test(label) && !harmless.test(label) ? 'caller' : undefined;
}
