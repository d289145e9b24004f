/** A large part of a screen that is fetched when it is shown; until then the screen says so. */
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue';
import ReadingPart from './reading-part.vue';

export const later = <Part extends Component>(loader: AsyncComponentLoader<Part>): Part =>
  defineAsyncComponent<Part>({ loader, loadingComponent: ReadingPart, delay: 0 });
