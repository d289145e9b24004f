import { basePath, cityName } from './base-path.js';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { noteLostPages } from './lost-page.js';
import { guard } from './session/guard.js';
import { hotlineName } from './law/page-law.js';
import { titleHere } from './session/screens.js';

/** `bare`: without navigation; `open`: without a session. */
const routes: readonly RouteRecordRaw[] = [
  // The guard redirects to the user's first screen.
  { path: '/', component: () => import('./screens/unknown-screen.vue'), meta: { title: '首页' } },
  {
    path: '/sign-in',
    component: () => import('./screens/sign-in/sign-in-screen.vue'),
    meta: { title: '登录', bare: true, open: true },
  },
  {
    path: '/worklist',
    component: () => import('./screens/worklist/worklist-screen.vue'),
    meta: { title: '待办工单' },
  },
  {
    path: '/work-orders/:no',
    component: () => import('./screens/case/case-screen.vue'),
    props: true,
    meta: { title: '工单详情' },
  },
  {
    path: '/work-orders/:no/supervision-order/:seq?',
    component: () => import('./screens/case/supervision-order-screen.vue'),
    props: true,
    meta: { title: '督办单' },
  },
  {
    path: '/orders',
    component: () => import('./screens/orders/orders-screen.vue'),
    meta: { title: '全部工单' },
  },
  {
    path: '/intake',
    component: () => import('./screens/intake/intake-screen.vue'),
    meta: { title: '受理登记' },
  },
  {
    path: '/incidents',
    component: () => import('./screens/incidents/incidents-screen.vue'),
    meta: { title: '异常处置' },
  },
  { path: '/inbox', component: () => import('./screens/inbox/inbox-screen.vue'), meta: { title: '收件箱' } },
  {
    path: '/board',
    component: () => import('./screens/board/board-screen.vue'),
    meta: { title: '督办看板' },
  },
  {
    path: '/monitor',
    component: () => import('./screens/monitor/monitor-screen.vue'),
    meta: { title: '流程监控' },
  },
  {
    path: '/accountability/:no?',
    component: () => import('./screens/accountability/accountability-screen.vue'),
    props: true,
    meta: { title: '问责' },
  },
  {
    path: '/trail',
    component: () => import('./screens/trail/trail-screen.vue'),
    meta: { title: '审计轨迹' },
  },
  {
    path: '/trail/root',
    component: () => import('./screens/trail/root-screen.vue'),
    meta: { title: '印在纸上的根' },
  },
  {
    path: '/assessment',
    component: () => import('./screens/assessment/assessment-screen.vue'),
    meta: { title: '考核' },
  },
  {
    path: '/assessment/publications/:period',
    component: () => import('./screens/assessment/publication/publications-screen.vue'),
    props: true,
    meta: { title: '公开和通报' },
  },
  {
    path: '/assessment/method',
    component: () => import('./screens/assessment/method/method-screen.vue'),
    meta: { title: '考核办法' },
  },
  {
    path: '/publications',
    component: () => import('./screens/publications/publications-screen.vue'),
    meta: { title: '受理办理情况公开', bare: true, open: true },
  },
  {
    path: '/publications/:period',
    component: () => import('./screens/publications/publication-screen.vue'),
    props: true,
    meta: { title: '受理办理情况公开', bare: true, open: true },
  },
  {
    path: '/warnings',
    component: () => import('./screens/warnings/warnings-screen.vue'),
    meta: { title: '预警热点' },
  },
  {
    path: '/radar/:id?',
    component: () => import('./screens/radar/radar-screen.vue'),
    props: true,
    meta: { title: '线索' },
  },
  {
    path: '/shared-data',
    component: () => import('./screens/shared-data/shared-data-screen.vue'),
    meta: { title: '共享数据' },
  },
  {
    path: '/policies',
    component: () => import('./screens/policies/policies-screen.vue'),
    meta: { title: '政策' },
  },
  {
    path: '/regulation',
    component: () => import('./screens/regulation/regulation-screen.vue'),
    meta: { title: '条例' },
  },
  {
    path: '/regulation/amendments/:id',
    component: () => import('./screens/regulation/amendment/amendment-screen.vue'),
    props: true,
    meta: { title: '修改条例' },
  },
  {
    path: '/new-cities',
    component: () => import('./screens/new-city/new-city-screen.vue'),
    meta: { title: '新城市' },
  },
  {
    path: '/new-cities/:id',
    component: () => import('./screens/new-city/draft-screen.vue'),
    props: true,
    meta: { title: '新城市' },
  },
  {
    path: '/takeover/:id?',
    component: () => import('./screens/takeover/takeover-screen.vue'),
    props: true,
    meta: { title: '接替旧系统' },
  },
  {
    path: '/duties',
    component: () => import('./screens/duties/duties-screen.vue'),
    meta: { title: '违反的义务' },
  },
  {
    path: '/designer',
    component: () => import('./screens/designer/designer-screen.vue'),
    meta: { title: '流程设计' },
  },
  {
    path: '/designer/drafts/:id',
    component: () => import('./screens/designer/draft-screen.vue'),
    props: true,
    meta: { title: '流程设计' },
  },
  {
    path: '/designer/migrations',
    component: () => import('./screens/designer/migrations/migrations-screen.vue'),
    meta: { title: '工单换版' },
  },
  {
    path: '/designer/migrations/:id',
    component: () => import('./screens/designer/migrations/migration-screen.vue'),
    props: true,
    meta: { title: '工单换版' },
  },
  {
    path: '/designer/tables/:name/versions/:version',
    component: () => import('./screens/designer/version-screen.vue'),
    props: ({ params }) => ({ ...params, isTable: true }),
    meta: { title: '决策表' },
  },
  {
    path: '/designer/:name/versions/:version',
    component: () => import('./screens/designer/version-screen.vue'),
    props: true,
    meta: { title: '流程设计' },
  },
  {
    path: '/calendar',
    component: () => import('./screens/calendar/calendar-screen.vue'),
    meta: { title: '工作日历' },
  },
  {
    path: '/classification',
    component: () => import('./screens/classification/classification-screen.vue'),
    meta: { title: '诉求分类' },
  },
  {
    path: '/other-channels',
    component: () => import('./screens/other-channels/other-channels-screen.vue'),
    meta: { title: '其他渠道' },
  },
  {
    path: '/personal-data-reads',
    component: () => import('./screens/reads/reads-screen.vue'),
    meta: { title: '个人信息查看记录' },
  },
  {
    path: '/knowledge',
    component: () => import('./screens/knowledge/knowledge-screen.vue'),
    meta: { title: '知识库' },
  },
  {
    path: '/started-cases/:no',
    component: () => import('./screens/case/started-screen.vue'),
    props: true,
    meta: { title: '流程自己开始的一件' },
  },
  {
    path: '/knowledge/supervisions/:no',
    component: () => import('./screens/knowledge/supervision-screen.vue'),
    props: true,
    meta: { title: '知识库督办' },
  },
  {
    path: '/knowledge/supervisions/:no/supervision-order/:seq?',
    component: () => import('./screens/knowledge/supervision-order-screen.vue'),
    props: true,
    meta: { title: '督办单' },
  },
  {
    path: '/people',
    component: () => import('./screens/people/people-screen.vue'),
    meta: { title: '人员与单位' },
  },
  {
    path: '/systems',
    component: () => import('./screens/systems/systems-screen.vue'),
    meta: { title: '其他系统' },
  },
  {
    path: '/channels',
    component: () => import('./screens/channels/channels-screen.vue'),
    meta: { title: '通知渠道' },
  },
  {
    path: '/sources',
    component: () => import('./screens/sources/sources-screen.vue'),
    meta: { title: '诉求来源' },
  },
  {
    path: '/account-journal',
    component: () => import('./screens/account-journal/account-journal-screen.vue'),
    meta: { title: '帐号记录' },
  },
  {
    path: '/account',
    component: () => import('./screens/account/account-screen.vue'),
    meta: { title: '本人帐号' },
  },
  {
    path: '/status',
    component: () => import('./screens/status/status-screen.vue'),
    meta: { title: '运行状况' },
  },
  {
    path: '/:rest(.*)',
    name: 'unknown',
    component: () => import('./screens/unknown-screen.vue'),
    meta: { title: '没有此页', open: true },
  },
];

export const router = createRouter({ history: createWebHistory(`${basePath}/`), routes: [...routes] });

guard(router);
noteLostPages(router);
router.afterEach((to) => {
  document.title = `${titleHere(String(to.meta['title']))} · 12345 ${cityName}${hotlineName()}`;
});
