/** Finds public texts in the city's package that an amendment may make untrue. */
import { packageHas, packageJson } from '../../kernel/package-content.js';

interface PackageText {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** Files whose texts reach the public, with their titles. */
const files: { readonly [file: string]: string } = {
  'notifications.json': '站内通知',
  'messages.json': '告知来电人的文本',
  'publication.json': '公开的文字',
  'assessment-method.json': '考核办法',
  'policies.json': '政策的说明',
};

/** One item for each part of a file that contains text. */
export function packageTexts(): readonly PackageText[] {
  return Object.entries(files).flatMap(([file, title]) =>
    packageHas(`regulation/${file}`) ? textsIn(file, title, packageJson(`regulation/${file}`)) : [],
  );
}

/** Strings with Chinese words, keyed by path. @param of title of the part that contains them */
function textsIn(name: string, title: string, value: unknown, of = ''): PackageText[] {
  if (typeof value === 'string') {
    const part = of === '' || of === value ? '' : `“${of}”`;
    return /[一-龥]{4}/.test(value)
      ? [{ name, title: `${title}${part}：${value.slice(0, 40)}`, text: value }]
      : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const { label, title: called = label } = value as { readonly label?: unknown; readonly title?: unknown };
  const inside = typeof called === 'string' ? called : of;
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    textsIn(Array.isArray(value) ? name : `${name} ${key}`, title, inner, inside),
  );
}
