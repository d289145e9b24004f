/** Every class that a template names is defined: in the styles of all, or in the file's own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const web = join(packageRoot, 'src', 'web');
const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(?:vue|css)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(web, file), 'utf8') }));

const stylesOf = (
  { file, text }: { readonly file: string; readonly text: string },
  scoped: boolean,
): string =>
  file.endsWith('.css')
    ? text
    : [
        ...text.matchAll(
          scoped ? /<style[^>]*>([^]*?)<\/style>/g : /<style(?! scoped)[^>]*>([^]*?)<\/style>/g,
        ),
      ]
        .map(([, css = '']) => css)
        .join('\n');
const namedIn = (css: string): readonly string[] =>
  [...css.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name);

/** Names without a look of their own: tests and scripts find the place by them. */
const places: ReadonlySet<string> = new Set([
  ...['attachments', 'calendar', 'cases', 'elsewhere', 'first', 'groups', 'inbox', 'line', 'part', 'picker'],
  ...['tabs', 'time-taken', 'to', 'trial', 'way', 'who'],
]);

describe('屏幕的样式类', () => {
  it('用到的都有定义', () => {
    const common = new Set(files.flatMap((one) => namedIn(stylesOf(one, false))));
    const undefinedOnes = files
      .filter(({ file }) => file.endsWith('.vue'))
      .flatMap((one) => {
        const own = new Set(namedIn(stylesOf(one, true)));
        const [template = ''] = /<template>[^]*<\/template>/.exec(one.text) ?? [];
        const used = [...template.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names = '']) =>
          names.split(/\s+/),
        );
        return [...new Set(used)]
          .filter((name) => name !== '' && !common.has(name) && !own.has(name) && !places.has(name))
          .map((name) => `${one.file}: ${name}`);
      });
    expect(undefinedOnes).to.deep.equal([]);
  });
});
