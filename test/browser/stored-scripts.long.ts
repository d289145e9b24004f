/** Stored cross-site scripting: plants markup in every stored text and looks at it on every screen of the console. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { post, problemIn, useServer } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import { plant, textFields, unplanted, type Planted } from './planted.js';
import { useBrowser, type SampleLogin } from './visit.js';

/** Every route with the person who sees the planted texts, and the least that must be visible. */
const screens: readonly {
  route: string;
  at?: (planted: Planted) => string;
  login?: SampleLogin | 'handler';
  /** Controls opened one after the other: tabs, rows, folds, dialogs. */
  opens?: readonly string[];
  /** True: loads the list to its end. */
  toItsEnd?: boolean;
  /** Entered into the screen's search. */
  ask?: string;
  /** Chosen first, in the screen's first list. */
  choose?: string;
  shows?: readonly string[];
  /** An expected browser complaint. */
  fails?: RegExp;
}[] = [
  {
    route: '/',
    login: 'duban',
    opens: ['main button:text-matches("^轨迹")'],
    shows: [
      'acceptRequest.title',
      'acceptRequest.content',
      'completeTask.answers.*',
      'sendMessage.answers.*',
    ],
  },
  { route: '/sign-in' },
  { route: '/query' },
  { route: '/query/new' },
  { route: '/query/receipt' },
  {
    route: '/query/answers',
    ask: 'onerror window',
    opens: ['main summary'],
    shows: ['rewriteKnowledge.title', 'rewriteKnowledge.body'],
  },
  {
    route: '/worklist',
    login: 'handler',
    shows: [
      'addUnit.name',
      'acceptRequest.title',
      'acceptRequest.content',
      'assignTasks.team',
      'saveView.name',
    ],
  },
  {
    route: '/worklist',
    login: 'duban',
    shows: ['addUnit.name', 'acceptRequest.title', 'acceptRequest.content'],
  },
  {
    route: '/work-orders/:no',
    at: ({ no }) => `/work-orders/${no}`,
    login: 'duban',
    opens: ['main button:text-matches("^轨迹")'],
    shows: [
      ...['addUnit.name', 'acceptRequest.title', 'acceptRequest.content', 'completeTask.answers.*'],
      ...['correctWorkOrder.title', 'correctWorkOrder.content', 'correctWorkOrder.reason'],
      ...['acceptRequest.place.address', 'correctWorkOrder.place.address'],
    ],
  },
  {
    route: '/work-orders/:no',
    at: ({ open }) => `/work-orders/${open}`,
    login: 'handler',
    opens: ['main button:text-matches("^轨迹")'],
    shows: [
      ...['acceptRequest.content', 'completeTask.answers.*', 'sendMessage.answers.*'],
      ...['addFromCaller.text', 'demandExplanation.about'],
      ...['mergeWorkOrders.reason', 'unmergeWorkOrder.reason', 'addNote.text'],
    ],
  },
  {
    route: '/work-orders/:no/supervision-order/:seq?',
    at: ({ no }) => `/work-orders/${no}/supervision-order`,
    login: 'duban',
  },
  { route: '/orders', login: 'shouli', shows: ['acceptRequest.title'] },
  { route: '/intake', login: 'shouli' },
  { route: '/inbox', login: 'handler', shows: ['addUnit.name'] },
  { route: '/incidents', login: 'duban' },
  { route: '/inbox', login: 'shenpi' },
  { route: '/inbox', login: 'duban', opens: ['main button.choice'] },
  { route: '/board', login: 'duban', shows: ['addUnit.name', 'acceptRequest.title'] },
  {
    route: '/monitor',
    login: 'duban',
    opens: ['main tbody button.link', 'main tbody button.choice', '.bjs-breadcrumbs a.bjs-crumb'],
    shows: ['saveDraft.source', 'acceptRequest.title'],
  },
  {
    route: '/accountability/:no?',
    at: ({ unanswered }) => `/accountability/${unanswered}`,
    login: 'jiancha',
    opens: ['main summary'],
    shows: ['addUnit.name', 'acceptRequest.title'],
  },
  {
    route: '/trail',
    login: 'shenji',
    opens: ['main tbody button.link', '.el-drawer summary', 'main button.choice', 'main .line button.link'],
    shows: ['addUnit.name'],
  },
  { route: '/trail/root', login: 'shenji' },
  {
    route: '/assessment',
    login: 'kaohe',
    choose: '2026-04',
    opens: ['main tbody button', 'main summary'],
    shows: [
      'addUnit.name',
      'proposeMethod.content.indicators[].label',
      'proposeMethod.content.groups[].label',
      'ruleMethod.document',
    ],
  },
  {
    route: '/assessment/method',
    login: 'kaohe',
    shows: ['proposeMethod.content.title', 'proposeMethod.reason'],
  },
  {
    route: '/assessment/publications/:period',
    at: () => '/assessment/publications/2026-10',
    login: 'kaohe',
  },
  { route: '/publications' },
  { route: '/publications/:period', at: () => '/publications/2026-10', fails: /\b404\b/ },
  {
    route: '/policies',
    login: 'shenpi',
    // The proposed policy, and some of the others.
    opens: ['main tbody button.link:text-is("首次督办的期限")', 'main tbody button.link'],
    shows: ['proposePolicy.reason'],
  },
  { route: '/designer', login: 'bianji', shows: ['createDraft.title'] },
  {
    route: '/designer/drafts/:id',
    at: ({ draft }) => `/designer/drafts/${draft}`,
    login: 'shenpi',
    shows: ['createDraft.title', 'saveDraft.source'],
  },
  {
    route: '/designer/drafts/:id',
    at: ({ tableDraft }) => `/designer/drafts/${tableDraft}`,
    login: 'shenpi',
    shows: ['saveDraft.title', 'saveDraft.source'],
  },
  {
    route: '/designer/tables/:name/versions/:version',
    at: () => '/designer/tables/return-grounds/versions/1',
    login: 'shenpi',
  },
  {
    route: '/designer/:name/versions/:version',
    at: () => '/designer/handling/versions/2',
    login: 'shenpi',
    shows: ['saveDraft.source'],
  },
  { route: '/designer/migrations', login: 'shenpi' },
  {
    route: '/designer/migrations/:id',
    at: ({ migration }) => `/designer/migrations/${migration}`,
    login: 'shenpi',
    shows: ['proposeMigration.reason'],
  },
  { route: '/regulation', login: 'bianji', opens: ['main summary', 'main button.choice'] },
  {
    route: '/regulation/amendments/:id',
    at: () => '/regulation/amendments/1',
    login: 'shenpi',
    opens: ['main summary'],
    shows: ['saveAmendment.title', 'saveAmendment.source', 'saveAmendment.reason', 'ruleAmendment.reason'],
  },
  { route: '/new-cities', login: 'bianji', shows: ['answerPackageCity.law.title'] },
  {
    route: '/new-cities/:id',
    at: () => '/new-cities/1',
    login: 'bianji',
    opens: ['main nav button'],
    shows: ['createPackageDraft.text', 'answerPackageCity.parties.*'],
  },
  {
    route: '/takeover/:id?',
    at: () => '/takeover/1',
    login: 'bianji',
    opens: ['main summary'],
    shows: ['checkOldLog.mapping.*'],
  },
  { route: '/duties', login: 'shenji', shows: ['addUnit.name'] },
  {
    route: '/warnings',
    login: 'duban',
    opens: ['main tbody button.link', 'main summary', 'main button.choice'],
    shows: ['acceptRequest.district', 'suggestStudy.reason', 'answerStudy.reason'],
  },
  {
    route: '/radar/:id?',
    at: () => '/radar/1',
    login: 'shenji',
    shows: ['askAboutRadar.question', 'answerRadarQuestion.answer', 'decideRadar.reason'],
  },
  { route: '/shared-data', login: 'duban', opens: ['main button.choice'] },
  { route: '/calendar', login: 'duban', shows: ['loadNotice.document', 'loadNotice.file.*'] },
  {
    route: '/classification',
    login: 'bianji',
    shows: ['importClassification.csv', 'importClassification.title'],
  },
  {
    route: '/other-channels',
    login: 'duban',
    shows: [
      'saveOtherChannels.channels[].name',
      'saveOtherChannels.channels[].reach',
      'saveOtherChannels.channels[].basis',
      'saveOtherChannels.channels[].words[]',
      'saveOtherChannels.channels[].except[]',
    ],
  },
  { route: '/personal-data-reads', login: 'shenji', shows: ['revealCaller.reason'] },
  { route: '/knowledge', login: 'duban', shows: ['addUnit.name', 'rewriteKnowledge.title'] },
  {
    route: '/started-cases/:no',
    at: ({ started }) => `/started-cases/${encodeURIComponent(started)}`,
    login: 'shenhe',
    opens: ['main button:text-matches("^流程图")', 'main button:text-matches("^轨迹")', 'main summary'],
    shows: ['completeStartedTask.answers.*'],
  },
  {
    route: '/knowledge/supervisions/:no',
    at: ({ lapse }) => `/knowledge/supervisions/${encodeURIComponent(lapse)}`,
    login: 'duban',
    shows: ['addUnit.name', 'addKnowledge.title', 'addKnowledge.body', 'completeKnowledgeTask.answers.*'],
  },
  {
    route: '/knowledge/supervisions/:no/supervision-order/:seq?',
    at: ({ lapse }) => `/knowledge/supervisions/${encodeURIComponent(lapse)}/supervision-order`,
    login: 'duban',
    shows: ['addUnit.name', 'addKnowledge.title'],
  },
  { route: '/people', login: 'anquan', shows: ['addUnit.name', 'addPerson.name'] },
  { route: '/systems', login: 'anquan', shows: ['addUnit.name', 'addSystem.name'] },
  { route: '/channels', login: 'xitong', shows: ['addUnit.name'] },
  {
    route: '/sources',
    login: 'xitong',
    shows: [
      ...['addChannelSource.name', 'changeChannelSource.name'],
      ...['changeMessageTemplate.subject', 'changeMessageTemplate.text'],
    ],
  },
  {
    route: '/sources',
    login: 'shouli',
    opens: ['main .acts .el-button--primary'],
    shows: ['addChannelSource.name', 'receiveChannelMessage'],
  },
  {
    route: '/account-journal',
    login: 'shenji-admin',
    toItsEnd: true,
    shows: ['addSystem.name'],
  },
  { route: '/account', login: 'duban' },
  { route: '/status', login: 'xitong' },
  { route: '/:rest(.*)', at: () => '/nowhere', login: 'duban' },
];

/** Most controls of a kind to open. */
const most = 25;

/** Effects of a payload in the page: a script that ran, an element it became, an address that is a script. */
const harmIn = (page: Page): Promise<string[]> =>
  page.evaluate(`[
    ...(window.__ran === undefined ? [] : ['script ' + window.__ran]),
    ...[...document.querySelectorAll('[onerror]')].map((one) => one.outerHTML),
    ...[...document.querySelectorAll('[href^="javascript:" i], [src^="javascript:" i], [action^="javascript:" i]')].map((one) => one.outerHTML),
  ]`);

/** Numbers of the payloads shown as text, or in a field. */
const shownOn = async (page: Page): Promise<ReadonlySet<number>> => {
  const text = await page.evaluate<string>(
    `[document.body.innerText, document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value)].join('\\n')`,
  );
  return new Set(
    [...text.matchAll(/<img\/src="x"\/onerror="window\.__ran=(\d+)">/g)].map(([, number]) => Number(number)),
  );
};

/** Waits until loading is over: the page's text is the same five times in a row. */
const stoodStill = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    let before;
    let same = 0;
    const look = () => {
      const text = document.querySelector('[aria-busy=true]') ? undefined : document.body.innerText;
      same = text !== undefined && text === before ? same + 1 : 0;
      before = text;
      if (same === 5) resolve();
      else setTimeout(look, 80);
    };
    look();
  })`);

async function readToEnd(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: '再列一些' });
  // It loads further rows when scrolled to; the test also clicks it, whichever comes first.
  while (await more.isVisible()) {
    await more.click({ timeout: 2000 }).catch(() => undefined);
    await stoodStill(page);
  }
}

describe('控制台：存下来的标记当作文字', () => {
  const served = useServer({ filing: { filing: true, work: 0 } });
  const visit = useBrowser(served);
  let planted: Planted;
  before(async () => {
    planted = await plant(served());
  });

  it('合同里每个存下来的文字都种了标记，或者写明为什么种不了', () => {
    const known = (field: string): boolean =>
      planted.fields.has(field) ||
      Object.keys(unplanted).some((one) => field === one || field.startsWith(`${one}.`));
    expect(textFields.filter((field) => !known(field))).to.deep.equal([]);
    const needless = Object.keys(unplanted).filter(
      (one) =>
        planted.fields.has(one) || !textFields.some((field) => field === one || field.startsWith(`${one}.`)),
    );
    expect(needless).to.deep.equal([]);
  });

  it('路由里的每一页都看', () => {
    const read = (file: string): string =>
      readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8');
    const pages = /app\.get\(\s*\[([^\]]+)\],\s*documentOf/.exec(read('http/routes/pages.ts'))?.[1] ?? '';
    // Routes of the console, and pages with an entry of their own.
    const routes = [
      ...read('web/router.ts').matchAll(/path: '([^']+)'/g),
      ...pages.matchAll(/'([^']+)'/g),
    ].map(([, path]) => path);
    expect([...new Set(screens.map(({ route }) => route))].toSorted()).to.deep.equal(routes.toSorted());
  });

  for (const { route, at, login, choose, ask, toItsEnd, opens = [], shows = [], fails } of screens) {
    it(`${route}（${login ?? '未登录'}）：没有脚本，没有变成元素；看得到的照原样显示`, async () => {
      const who: SampleLogin | SignedIn | undefined = login === 'handler' ? planted.handler : login;
      const { page, complaints } = await visit(at?.(planted) ?? route, who);
      await page.locator('h1, h2, form, [role=alert]').first().waitFor();
      await stoodStill(page);
      const shown = new Set<number>();
      const look = async (): Promise<void> => {
        await stoodStill(page);
        for (const number of await shownOn(page)) shown.add(number);
        expect(await harmIn(page)).to.deep.equal([]);
      };
      if (ask !== undefined) {
        await page.getByRole('searchbox').fill(ask);
        await page.keyboard.press('Enter');
        await page.locator('main summary').first().waitFor();
      }
      if (choose !== undefined) await page.locator('main select').first().selectOption(choose);
      await look();
      if (toItsEnd === true) {
        await readToEnd(page);
        await look();
      }
      for (const opener of ['main tbody tr', ...opens]) {
        const all = await page.locator(opener).count();
        for (let at = 0; at < Math.min(all, opener === 'main tbody tr' ? 1 : most); at++) {
          const one = page.locator(opener).nth(at);
          // An earlier click may have removed it.
          if (!(await one.isVisible())) continue;
          const drawer = page.locator('.el-drawer:visible');
          // Not drawer.locator(one): its `main` is outside of the drawer.
          const within = await one.evaluate(
            (element: unknown) =>
              (element as { closest(selector: string): unknown }).closest('.el-drawer') !== null,
          );
          if (!within && (await drawer.count()) > 0) {
            await page.keyboard.press('Escape');
            await drawer.waitFor({ state: 'hidden' });
          }
          await one.click();
          await look();
        }
      }
      const names = [...planted.fields].filter(([, number]) => shown.has(number)).map(([name]) => name);
      expect(names).to.include.members([...shows]);
      expect(complaints.filter((one) => fails?.test(one) !== true)).to.deep.equal([]);
    });
  }

  it('这样的标记真成了元素，就看得出来', async () => {
    const { page, complaints } = await visit('/sign-in');
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img/src="x"/onerror="window.__ran=1">')`,
    );
    expect(await harmIn(page)).not.to.deep.equal([]);
    expect(complaints).not.to.deep.equal([]);
  });

  it('javascript: 的网址不收', async () => {
    const { url } = served();
    const address = 'javascript:window.__ran=0';
    const hook = await post(url, '/api/notification-channels', {
      recipient: 'role:supervisor',
      kind: 'webhook',
      address,
    });
    expect(problemIn(hook).status).to.equal(400);
    const system = await post(url, '/api/systems/1/subscriptions', {
      address,
      types: ['cn.hotline12345.sheet.accepted'],
    });
    expect(problemIn(system).status).to.equal(400);
  });
});
