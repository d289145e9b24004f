/** The verdict and the entries in words. */

/* global entryTitles -- by type, from docs/reference/entries.md (tools/verifier-page.ts) */

const marks = { genuine: '✓', 'not-genuine': '✖', damaged: '?' };
/** Entries shown at first, and with each further step. */
const atOnce = 200;

/** @param {string} tag @param {Record<string, string>} attributes @param {...(string | Node)} children */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const list = (items, tag = 'ul') => make(tag, {}, ...items.map((item) => make('li', {}, item)));

/** @param {HTMLElement} place @param {ReturnType<typeof import('./worker.mjs').answer>} said @param {string} file */
export function showVerdict(place, { verdict, facts, findings, entries, diagrams, digest }, file) {
  const { state, sentences, conclusion, next, complete, vouched } = verdict;
  const ordered = [
    ...entries.filter(({ body }) => !isRule(body)),
    ...entries.filter(({ body }) => isRule(body)),
  ];
  const places = new Map(ordered.map(({ name }, at) => [name, at]));
  const table = entryTable(ordered, namesIn(diagrams));
  const isFull = state === 'genuine' && complete && vouched;
  place.replaceChildren(
    make(
      'h2',
      { class: state === 'genuine' && !isFull ? 'partly' : state, id: 'conclusion', 'data-state': state },
      make('span', { 'aria-hidden': 'true' }, `${marks[state]} `),
      conclusion,
    ),
    make('p', { class: 'soft' }, `${file}，核验于 ${beijing(new Date().toISOString())}（北京时间）`),
    make('p', { class: 'soft', id: 'digest' }, `文件的 SHA-256:${digest}`),
    ...sentences.map((sentence) => make('p', { class: 'sentence' }, sentence)),
    ...(findings.length > 0 ? [make('h3', {}, `查出 ${findings.length} 处`), findingList()] : []),
    make('h3', {}, '下一步'),
    list(next.map(onPage), 'ol'),
    make('h3', {}, '核验了什么'),
    list(facts),
    make('p', { class: 'signed' }, '核验人：____________ 日期：____________'),
    ...(entries.length > 0 ? [make('h3', {}, `轨迹 ${entries.length} 条`), table.element] : []),
  );

  function findingList() {
    const shown = findings.slice(0, atOnce).map(({ attack, name, detail }) => {
      const item = make('li', { 'data-attack': attack }, make('strong', {}, `【${name}】`), detail);
      const [entry] = /^.*? 第 \d+ 条/.exec(detail) ?? [];
      if (places.has(entry)) {
        const link = make('button', { type: 'button', class: 'link' }, '看这一条');
        link.addEventListener('click', () => table.open(places.get(entry)));
        item.append(' ', link);
      }
      return item;
    });
    const rest = findings.length - shown.length;
    return make('ul', { id: 'findings' }, ...shown, ...(rest > 0 ? [make('li', {}, `另有 ${rest} 处`)] : []));
  }
}

/** Streams that concern all cases come last. */
const isRule = ({ stream }) =>
  stream === undefined || /^(definition:.*|regulation|policies|calendar|keys)$/.test(stream);

/** Replaces words for the command line by the page's. */
const onPage = (step) =>
  step.replace('加 --policy 再核一次', '在上面“自己保存的公钥、检查点”里选上，再核一次');

/** @param {{ body: Record<string, any>, name: string }[]} entries @param {Map<string, string>} names of elements */
function entryTable(entries, names) {
  const body = make('tbody', {});
  const more = make('button', { type: 'button' }, '再看一些');
  let shown = 0;
  const upTo = (count) => {
    body.append(...entries.slice(shown, count).map((entry) => row(entry, names)));
    shown = Math.max(shown, Math.min(count, entries.length));
    more.hidden = shown === entries.length;
  };
  more.addEventListener('click', () => upTo(shown + atOnce));
  upTo(atOnce);
  const heads = ['哪条链', '第几条', '什么时候（北京时间）', '什么事', '谁'].map((text) =>
    make('th', { scope: 'col' }, text),
  );
  const element = make(
    'div',
    {},
    make('table', { id: 'entries' }, make('thead', {}, make('tr', {}, ...heads)), body),
    more,
  );
  return {
    element,
    open: (at) => {
      upTo(at + 1);
      const details = body.children[at].querySelector('details');
      details.open = true;
      details.querySelector('summary').focus();
      details.scrollIntoView({ block: 'center' });
    },
  };
}

function row({ body, name }, names) {
  if (body.type === undefined) return make('tr', {}, make('td', { colspan: '5' }, `${name}：不是轨迹的条目`));
  const element = names.get(`${body.process}-${body.version} ${body.of}`);
  const title = `${entryTitles[body.type] ?? body.type}${element ? `:${element}` : ''}`;
  const late = body.recordedAt && Date.parse(body.recordedAt) - Date.parse(body.at) > 300_000;
  const cells = [
    ['哪条链', body.stream],
    ['第几条', String(body.seq)],
    ['什么时候', `${beijing(body.at)}${late ? `（记于 ${beijing(body.recordedAt)}）` : ''}`],
    [
      '什么事',
      make(
        'details',
        {},
        make('summary', {}, title),
        make('pre', { tabindex: '0' }, JSON.stringify(body, null, 2)),
      ),
    ],
    ['谁', body.actor ?? '系统'],
  ];
  return make('tr', {}, ...cells.map(([label, content]) => make('td', { 'data-label': label }, content)));
}

/** Names of the elements on the diagrams, by process, version and id. */
function namesIn(diagrams) {
  const names = new Map();
  for (const { name, xml } of diagrams) {
    const key = name.slice('processes/'.length, -'.bpmn'.length);
    const parsed = new DOMParser().parseFromString(xml, 'application/xml');
    for (const element of parsed.querySelectorAll('[id][name]'))
      names.set(`${key} ${element.getAttribute('id')}`, element.getAttribute('name').replaceAll(/\s+/g, ' '));
  }
  return names;
}

function beijing(instant) {
  const time = new Date(Date.parse(instant) + 8 * 3_600_000);
  return Number.isNaN(time.getTime()) ? String(instant) : time.toISOString().slice(0, 19).replace('T', ' ');
}
