/** The callers' page: a separate entry without the console's router, session and components. */
import './api/caller-routes.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/field.css';
import './styles/utility.css';
import './styles/caller.css';
import './styles/print.css';
import { createApp } from 'vue';
import { showFieldErrors } from './components/field-errors.js';
import QueryScreen from './screens/query/query-screen.vue';
import { preferred, speak, words } from './screens/query/words.js';

await speak(preferred());
showFieldErrors(() => ({
  missing: words.value.errorMissing,
  wrong: words.value.errorWrong,
  several: (count) => `${words.value.errorSeveral} ${count}`,
}));
createApp(QueryScreen).mount('#app');
