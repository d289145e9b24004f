/**
 * Every text that bpmn-js and diagram-js ask to translate has a Chinese translation. The texts are
 * collected from their sources.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { translate, words } from '../../src/web/screens/designer/modeler/words.js';
import * as table from '../../src/web/screens/designer/tables/words.js';

const sources = ['bpmn-js', 'diagram-js'].flatMap((name) => {
  const folder = join(packageRoot, 'node_modules', name, 'lib');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .map((path) => ({ path: join(name, path), text: readFileSync(join(folder, path), 'utf8') }));
});

/** Literal arguments, labels of tables that are translated as a whole, and texts in constants. */
function asked(): readonly string[] {
  const found = sources.flatMap(({ path, text }) => {
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    const literal = [...code.matchAll(/[Tt]ranslate\(\s*(['"])((?:(?!\1).)+)\1\s*[,)]/g)];
    const labels = /features\/(replace\/ReplaceOptions|popup-menu\/PopupEntries)\.js$/.test(path)
      ? [
          ...code.matchAll(/label: (')([^']+)'/g),
          ...code.matchAll(/(label) \+?= '([^']+)'/g),
          ...code.matchAll(/return (')([^']+)'/g),
        ]
      : [];
    const kept = [...code.matchAll(/var \w+_MSG = (')([^']+)'/g)];
    return [...literal, ...labels, ...kept].map(([, , english = '']) => english);
  });
  const aligned = ['left', 'right', 'center', 'top', 'bottom', 'middle'].map(
    (how) => `Align elements ${how}`,
  );
  return [...new Set([...found, ...aligned])].filter((english) => /^[A-Za-z]/.test(english));
}

describe('流程设计：画图的文字', () => {
  it('bpmn-js 要译的每一句都有中文，没有剩下的英文', () => {
    const all = asked();
    expect(all).to.include.members(['Append task', 'Timer boundary event (non-interrupting)', 'Delete']);
    expect(all.length).to.be.greaterThan(100);
    expect(
      all.filter((english) => /[A-Za-z]{2}/.test(translate(english, { element: '元素' }))),
    ).to.deep.equal([]);
  });

  it('译文里没有留下英文，占位的都填上', () => {
    expect(
      Object.values(words).filter((chinese) => /[A-Za-z]/.test(chinese.replaceAll(/\{\w+\}/g, ''))),
    ).to.deep.equal([]);
    expect(translate('Open {element}', { element: '限时办理' })).to.equal('打开限时办理');
  });
});

describe('决策表：编辑器的文字', () => {
  const folder = join(packageRoot, 'node_modules', 'dmn-js-decision-table', 'lib');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js') && !/view-drd|simple-(time|duration)-edit/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''));

  /** Literal arguments, and texts in a constant or an option. */
  const all = [
    ...new Set(
      code.flatMap((text) =>
        [
          ...text.matchAll(/[Tt]ranslate\(\s*(['"])((?:(?!\1).)+)\1\s*[,)]/g),
          ...text.matchAll(/[A-Z_]+_LABEL = (')([^']+)'/g),
        ].map(([, , english = '']) => english),
      ),
    ),
  ].filter((english) => /^["A-Z]/.test(english));

  it('dmn-js 要译的每一句都有中文', () => {
    expect(all).to.include.members(['Add rule', 'Hit policy:', 'Predefined values']);
    expect(all.filter((english) => table.words[english] === undefined)).to.deep.equal([]);
    for (const chinese of Object.values(table.words)) {
      expect(chinese.replaceAll(/\{\w+\}|FEEL/g, '')).not.to.match(/[A-Za-z]{2}/);
    }
  });
});
