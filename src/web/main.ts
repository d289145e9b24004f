import './api/console-routes.js';
import './styles/element.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/field.css';
import './styles/utility.css';
import './styles/bench.css';
import './styles/print.css';
import { createApp } from 'vue';
import App from './app.vue';
import { runEventStream } from './change-feed/event-stream.js';
import { showFieldErrors } from './components/field-errors.js';
import { router } from './router.js';
import './session/theme.js';

createApp(App).use(router).mount('#app');
showFieldErrors();
runEventStream();
