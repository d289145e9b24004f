import './api/jitless.js';
import './styles/element.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/field.css';
import './styles/print.css';
import { localeContextKey } from 'element-plus';
import zhCn from 'element-plus/es/locale/lang/zh-cn';
import { createApp, ref } from 'vue';
import App from './app.vue';
import { runEventStream } from './live/event-stream.js';
import { router } from './router.js';

createApp(App).provide(localeContextKey, ref(zhCn)).use(router).mount('#app');
runEventStream();
