import { provisionLabel } from '../../law/regulation/model/index.js';

export const provisionView = (id: string) => ({ id, label: provisionLabel(id) });
