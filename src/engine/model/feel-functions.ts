/** FEEL's own functions in the interpreter, with their result types; and the functions it lacks. */
import { aList, anything, aNumber, aText, aTruth, type ValueType } from './value-type.js';

/** Types that FEEL has in addition to JSON's. */
export type FeelType =
  ValueType | { readonly kind: 'null' | 'day' | 'moment' | 'time' | 'duration'; readonly nullable?: true };

const answering = (type: FeelType, names: string): readonly (readonly [string, FeelType])[] =>
  names.split(',').map((name) => [name.trim(), type]);

export const functions: ReadonlyMap<string, FeelType> = new Map([
  ...answering(
    aNumber,
    'number,count,sum,mean,product,median,stddev,decimal,floor,ceiling,abs,round up,round down,round half up,round half down,modulo,sqrt,log,exp,string length,day of year,week of year',
  ),
  ...answering(
    aText,
    'string,substring,upper case,lower case,substring before,substring after,string join,day of week,month of year',
  ),
  ...answering(
    aTruth,
    'not,contains,starts with,ends with,list contains,all,any,odd,even,is,before,after,meets,met by,overlaps,overlaps before,overlaps after,finishes,finished by,includes,during,starts,started by,coincides',
  ),
  ...answering(
    aList(anything),
    'sublist,append,concatenate,insert before,remove,reverse,index of,union,distinct values,flatten,list replace,sort,mode,get entries',
  ),
  ...answering(anything, 'min,max,get value,context,context merge,context put'),
  ...answering({ kind: 'day' }, 'today,date'),
  ...answering({ kind: 'moment' }, 'now,date and time'),
  ...answering({ kind: 'time' }, 'time'),
  ...answering({ kind: 'duration' }, 'duration,years and months duration'),
]);

/** Functions of DMN that this interpreter lacks; each with an alternative. */
export const lacking: ReadonlyMap<string, string> = new Map([
  ['matches', '用 starts with、ends with、contains，或者在表单里用选项'],
  ['replace', '用 substring before、substring after'],
  ['split', '用 substring before、substring after'],
  ['range', '用 >=、<= 写出两头'],
  ['years and months duration', '它的结果多出日子：两边的 .year、.month 各自相减'],
]);
