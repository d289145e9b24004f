import './styles/element.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/field.css';
import './styles/utility.css';
import './styles/print.css';
import { createApp } from 'vue';
import App from './app.vue';
import './session/theme.js';
import { runEventStream } from './change-feed/event-stream.js';
import { router } from './router.js';

createApp(App).use(router).mount('#app');
runEventStream();
