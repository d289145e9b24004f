/** Colours and pixels stand in tokens.css alone, and every pair of the table there is legible in both themes. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const web = 'src/web/';
const tokens = readFileSync(`${web}styles/tokens.css`, 'utf8');
const withoutComments = (css: string): string => css.replace(/\/\*[^]*?\*\//g, '');

/** Of declarations; where a media query turns is a width in pixels. */
function literalsIn(css: string): string[] {
  const declared = withoutComments(css).replace(/@(?:media|container)[^{]*\{/g, '');
  return [...declared.matchAll(/[\w-]+:[^;{}]*?(?:\d(?:\.\d+)?px|#[\da-f]{3,8}\b)[^;{}]*;/gi)].map(
    ([all]) => all,
  );
}

const stylesOf = (file: string, text: string): string =>
  file.endsWith('.css')
    ? text
    : [...text.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, css = '']) => css).join('\n');

const styled = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(?:vue|css)$/.test(file) && !file.endsWith('tokens.css'),
);

const channel = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** @param theme 0: light, 1: dark */
function colour(name: string, theme: 0 | 1): string {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1] ?? '';
  const refers = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (refers !== undefined) return colour(refers, theme);
  const found = value.match(/#[\da-f]{6}/g) ?? [];
  return found[theme] ?? found[0] ?? expect.fail(`no colour: --${name}`);
}

const pairs: readonly (readonly [ink: string, ground: string, least: number])[] = [
  ['ink', 'surface', 14],
  ...['surface', 'ground', 'surface-sunk', 'sunk', 'brand-wash'].map((ground) => ['ink', ground, 7] as const),
  ...['surface', 'ground', 'surface-sunk', 'sunk'].map((ground) => ['ink-soft', ground, 4.5] as const),
  ...['surface', 'ground', 'brand-wash'].map((ground) => ['brand', ground, 4.5] as const),
  ['brand-dark', 'brand-wash', 4.5],
  ['on-brand', 'brand', 4.5],
  ['on-brand', 'brand-dark', 4.5],
  ['on-brand', 'red', 4.5],
  ...['good', 'reminder', 'yellow', 'red', 'supervision', 'accountability'].map(
    (level) => [level, `${level}-wash`, 4.5] as const,
  ),
  ...['good', 'yellow', 'red', 'supervision'].map((level) => [level, 'surface', 4.5] as const),
  ['line-strong', 'surface', 3],
  ['nav-ink', 'nav', 7],
  ['nav-soft', 'nav', 4.5],
  ['nav-bright', 'nav-current', 4.5],
];

describe('tokens of the console', () => {
  it('no style has a pixel or a colour of its own', () => {
    const own = styled.flatMap((file) =>
      literalsIn(stylesOf(file, readFileSync(web + file, 'utf8'))).map((found) => `${file}: ${found}`),
    );
    expect(own).to.deep.equal([]);
  });

  for (const [theme, name] of [
    [0, 'light'],
    [1, 'dark'],
  ] as const) {
    it(`is legible in ${name}`, () => {
      const poor = pairs
        .map(([ink, ground, least]) => {
          const found = contrast(colour(ink, theme), colour(ground, theme));
          return { pair: `${ink} on ${ground}`, found: Math.round(found * 100) / 100, least };
        })
        .filter(({ found, least }) => found < least);
      expect(poor).to.deep.equal([]);
    });
  }

  it('every token that a style names exists', () => {
    const known = new Set([...tokens.matchAll(/(--[\w-]+):/g)].map(([, token]) => token));
    const unknown = styled.flatMap((file) => {
      const css = stylesOf(file, readFileSync(web + file, 'utf8'));
      const own = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, token]) => token));
      return [...css.matchAll(/var\((--[\w-]+)/g)]
        .map(([, token = '']) => token)
        .filter(
          (token) =>
            !known.has(token) && !own.has(token) && !token.startsWith('--el-') && token !== '--map-height',
        )
        .map((token) => `${file}: ${token}`);
    });
    expect(unknown).to.deep.equal([]);
  });
});
