import { createRouter, createWebHistory } from 'vue-router';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/worklist' },
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
      path: '/:rest(.*)',
      component: () => import('./screens/unknown-screen.vue'),
      meta: { title: '没有此页' },
    },
  ],
});

router.afterEach((to) => {
  document.title = `${String(to.meta['title'])} · 12345 市民服务热线`;
});
