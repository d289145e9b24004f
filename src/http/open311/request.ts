/** Converts a form of GeoReport v2 to the input of a source's mapping, with class and point. */
import { createHash } from 'node:crypto';
import type { ClassTree, PlacedClass } from '../../sheet/classification/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { pointFault, type GivenPoint } from '../../sheet/index.js';
import { Fault } from './fault.js';
import type { Form } from './form.js';

const longestDescription = 4000;
const longestField = 1000;

export interface ReadForm {
  readonly message: JsonObject;
  readonly class: string;
  readonly point?: GivenPoint;
  readonly compared: Buffer;
}

/** @throws {Fault} 400, 404 */
export function readForm({ fields, files }: Form, tree: ClassTree, digests: readonly string[]): ReadForm {
  const text = (name: string, longest = longestField): string | null => {
    const [value = '', ...more] = fields.get(name) ?? [];
    if (more.length > 0) throw new Fault(400, `${name} 写了两次`);
    if ([...value].length > longest) throw new Fault(400, `${name} 超过 ${longest} 个字`);
    return value.trim() === '' ? null : value.trim();
  };
  const service = serviceOf(tree, text('service_code'));
  const address = text('address_string');
  const point = pointOf(text('lat'), text('long'));
  if (!point && address === null) {
    const byId = text('address_id') === null ? '' : '；这里没有 address_id 的地址库';
    throw new Fault(400, `没有写地点：写 lat 和 long，或者写 address_string${byId}`);
  }
  const [phone, email] = [text('phone'), text('email')];
  const description = text('description', longestDescription);
  const message = {
    description: [description ?? service.name, ...additions(fields, text('media_url'))].join('\n'),
    service_code: service.code,
    service_name: service.name,
    name: nameOf(text('first_name'), text('last_name')),
    contact: phone ?? email,
    // If both are given, the e-mail address is stored encrypted with the caller's own data.
    address: phone === null ? null : email,
    address_string: address,
  };
  return {
    message,
    class: service.code,
    ...(point ? { point } : {}),
    compared: comparedOf(fields, files.length === 0 ? [] : digests),
  };
}

/** @throws {Fault} 400 without a code, 404 for a code that is no leaf of the tree */
export function serviceOf(tree: ClassTree, code: string | null): PlacedClass {
  if (code === null) throw new Fault(400, '没有写 service_code');
  const found = tree.find(code);
  if (found?.leaf) return found;
  throw new Fault(404, `没有 service_code“${code.slice(0, 100)}”；有哪些见 services.json`);
}

function pointOf(lat: string | null, long: string | null): GivenPoint | undefined {
  if (lat === null && long === null) return undefined;
  const numbers = [lat, long].map((text) =>
    text !== null && /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) ? Number(text) : NaN,
  );
  const [latitude = NaN, longitude = NaN] = numbers;
  if (numbers.some(Number.isNaN)) {
    throw new Fault(400, 'lat 和 long 要一起写，十进制的度，WGS-84');
  }
  const fault = pointFault({ longitude, latitude });
  if (fault) throw new Fault(400, `lat、long:${fault.what}；${fault.remedy}`);
  return { longitude, latitude, system: 'WGS-84' };
}

/** Chinese names are written without a space, family name first. */
function nameOf(first: string | null, last: string | null): string | null {
  const name = [last, first].filter((part) => part !== null);
  if (name.length === 0) return null;
  return /\p{Script=Han}/u.test(name.join('')) ? name.join('') : [first, last].filter(Boolean).join(' ');
}

/** Values that have no field of their own on the sheet. */
function additions(fields: Form['fields'], mediaUrl: string | null): string[] {
  const attributes = [...fields].flatMap(([name, values]) => {
    const [, code] = /^attribute\[([^\]]{1,100})\](\[\])?$/.exec(name) ?? [];
    return code === undefined ? [] : [`${code}：${values.join('、').slice(0, longestField)}`];
  });
  return [...attributes, ...(mediaUrl === null ? [] : [`（附有图片的地址，程序没有打开过：${mediaUrl}）`])];
}

function comparedOf(fields: Form['fields'], digests: readonly string[]): Buffer {
  const said = [...fields].filter(([name]) => name !== 'api_key').sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([said, digests]))
    .digest();
}
