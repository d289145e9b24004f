/** The first page: how the program is, what is to be done, and one case at a time. Knows only the API. */
import { call, Offline, refusalText } from './api.js';
import { caseView } from './case.js';
import { h, levelName, levelOrder, light, limit, remaining } from './show.js';

const $ = (id) => document.getElementById(id);
const every = 15_000;

/** The program's clock, not the browser's: milliseconds between the two at the last status. */
let clockOffset = 0;
const now = () => Date.now() + clockOffset;

async function refresh() {
  try {
    const role = $('role').value;
    const [status, tasks, orders] = await Promise.all([
      call('/api/status'),
      call(`/api/tasks?limit=50${role ? `&role=${encodeURIComponent(role)}` : ''}`),
      call('/api/work-orders?limit=20'),
    ]);
    clockOffset = Date.parse(status.now) - Date.now();
    showStatus(status);
    showRows('tasks', tasks, taskRow, role ? '这个岗位没有待办。' : '没有待办。');
    showRows('orders', orders, orderRow, '还没有工单。按“登记诉求”开第一件。');
    $('banner').hidden = true;
  } catch (error) {
    showTrouble(error);
  }
}

function showTrouble(error) {
  $('health').textContent = error instanceof Offline ? '连不上程序' : '程序在运行,但有故障';
  $('health').className = 'health down';
  $('banner').textContent =
    error instanceof Offline
      ? '连不上程序:网络中断,或程序已停止。每 15 秒重试一次;下面是断开前的内容。'
      : refusalText(error);
  $('banner').hidden = false;
  for (const id of ['tasks', 'orders']) {
    if ($(id).getAttribute('aria-busy') === 'true')
      $(id).replaceChildren(h('p', { className: 'empty' }, '读不到,等待重试。'));
  }
}

function showStatus({ version, database, cases, tasks, deadlines, levels, definitions }) {
  $('health').textContent = `在运行 · 版本 ${version} · PostgreSQL ${database.version}`;
  $('health').className = 'health up';
  const skew = Math.abs(database.clockSkewMilliseconds);
  const reached = levelOrder.flatMap((level) => {
    const found = levels.find((one) => one.level === level);
    return found ? `${levelName(level)} ${found.cases}` : [];
  });
  $('figures').replaceChildren(
    figure('在办工单', cases.open, `已办结 ${cases.ended}`),
    figure(
      '待办',
      tasks.open,
      tasks.byRole
        .slice(0, 2)
        .map((one) => `${one.roleName ?? '未定'} ${one.count}`)
        .join(' · '),
    ),
    figure('今日届满', deadlines.dueToday, `计时中 ${deadlines.running}`),
    figure(
      '黄牌 / 红牌',
      `${casesAt(levels, 'yellow')} / ${casesAt(levels, 'red')}`,
      reached.join(' · ') || '没有升级的工单',
    ),
    figure(
      '待重试',
      deadlines.incidents,
      deadlines.pastDue ? `已届满未触发 ${deadlines.pastDue}` : '触发都已成功',
    ),
    figure('现行流程', definitions.length, definitions.map((one) => one.name).join('、')),
    figure(
      '时钟偏差',
      skew < 1000 ? `${skew} 毫秒` : `${Math.round(skew / 1000)} 秒`,
      skew < 2000 ? '程序与数据库一致' : '偏差过大,请校时',
    ),
  );
  $('figures').setAttribute('aria-busy', 'false');
  const chosen = $('role').value;
  const roles = tasks.byRole.filter((one) => one.role !== null);
  const kept =
    chosen && !roles.some((one) => one.role === chosen) ? [{ role: chosen, roleName: chosen, count: 0 }] : [];
  $('role').replaceChildren(
    h('option', { value: '' }, '全部'),
    ...[...roles, ...kept].map((one) =>
      h('option', { value: one.role, selected: one.role === chosen }, `${one.roleName} ${one.count}`),
    ),
  );
}

const casesAt = (levels, level) => levels.find((one) => one.level === level)?.cases ?? 0;

function figure(name, value, about) {
  return h('dl', {}, h('dt', {}, name), h('dd', {}, String(value), h('small', {}, about)));
}

function showRows(id, page, row, nothing) {
  const focused = document.activeElement?.getAttribute?.('data-key');
  $(`${id}-total`).textContent =
    page.total > page.items.length ? `前 ${page.items.length} 项,共 ${page.total} 项` : `${page.total} 项`;
  $(id).replaceChildren(
    page.items.length
      ? h('ul', { className: 'rows' }, page.items.map(row))
      : h('p', { className: 'empty' }, nothing),
  );
  $(id).setAttribute('aria-busy', 'false');
  if (focused)
    [...$(id).querySelectorAll('a')]
      .find((link) => link.getAttribute('data-key') === focused)
      ?.focus({ preventScroll: true });
  markCurrent();
}

const taskRow = (task) => rowOf(task, `task ${task.id}`, task.name, `${task.title} · ${task.roleName ?? ''}`);
const orderRow = (order) =>
  rowOf(
    order,
    `order ${order.no}`,
    order.title,
    `${order.no} · ${order.kindName} · ${order.state === 'ended' ? '已办结' : '在办'}`,
  );

function rowOf(item, key, title, about) {
  const late = item.due && Date.parse(item.due) < now();
  return h(
    'li',
    {},
    h(
      'a',
      { href: `#/${encodeURIComponent(item.no)}`, 'data-key': key, 'data-no': item.no },
      light(item.level),
      h('span', {}, h('strong', {}, title), h('span', { className: 'soft' }, about)),
      h(
        'span',
        { className: 'when' },
        item.due
          ? [
              h('span', { className: late ? 'late' : '' }, remaining(item.due, now())),
              h('br'),
              h('span', { className: 'soft' }, limit(item.due)),
            ]
          : h('span', { className: 'soft' }, '无期限'),
      ),
    ),
  );
}

function currentNo() {
  try {
    return decodeURIComponent(location.hash.slice(2));
  } catch {
    return '';
  }
}

function markCurrent() {
  for (const link of document.querySelectorAll('.rows a')) {
    if (link.getAttribute('data-no') === currentNo()) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

async function openCase() {
  const no = currentNo();
  markCurrent();
  if (!no) return;
  $('detail').replaceChildren(h('p', { className: 'empty' }, '正在读取……'));
  try {
    const order = await call(`/api/work-orders/${encodeURIComponent(no)}`);
    if (no === currentNo()) showCase(order);
  } catch (error) {
    if (no !== currentNo()) return;
    const again = h('button', { type: 'button', onclick: () => void openCase() }, '重试');
    $('detail').replaceChildren(
      h('p', { className: 'refusal' }, refusalText(error)),
      h('div', { className: 'buttons' }, again),
    );
  }
}

function showCase(order) {
  const done = (after) => {
    showCase(after);
    $('detail').focus();
    void refresh();
  };
  $('detail').replaceChildren(...caseView(order, now(), done).flat());
}

/** One key a request that was typed: sent again after a broken connection, it is accepted once. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join('-');
let key = newKey();

async function register(event) {
  event.preventDefault();
  const form = event.target;
  const refusal = form.querySelector('.refusal');
  const button = form.querySelector('[type=submit]');
  const data = Object.fromEntries(new FormData(form));
  const request = {
    ...data,
    callerName: data.callerName.trim() || null,
    callerContact: data.callerContact.trim() || null,
    replyWanted: form.elements.replyWanted.checked,
    confidential: form.elements.confidential.checked,
  };
  refusal.hidden = true;
  button.disabled = true;
  try {
    const order = await call('/api/work-orders', request, { 'Idempotency-Key': key });
    key = newKey();
    form.reset();
    $('register').close();
    location.hash = `#/${encodeURIComponent(order.sheet.no)}`;
    void refresh();
  } catch (error) {
    // A refused request was not accepted: what is typed next is another one.
    if (!(error instanceof Offline)) key = newKey();
    refusal.textContent = refusalText(error);
    refusal.hidden = false;
  } finally {
    button.disabled = false;
  }
}

$('register-open').addEventListener('click', () => $('register').showModal());
$('register-close').addEventListener('click', () => $('register').close());
$('register-form').addEventListener('submit', (event) => void register(event));
$('role').addEventListener('change', () => void refresh());
addEventListener('hashchange', () => void openCase());
addEventListener('online', () => void refresh());
setInterval(() => void (document.hidden || refresh()), every);
void refresh();
void openCase();
