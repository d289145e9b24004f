/** The FEEL editor of bpmn.io with our variables and words. Loaded when the first expression is shown. */
import '../../../api/jitless.js';
import FeelEditor from '@bpmn-io/feel-editor';
import { linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { functions } from '../../../../engine/model/index.js';
import type { OfferedVariable } from '../../../../design/compliance/index.js';

export interface Editing {
  readonly place: HTMLElement;
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly variables: readonly OfferedVariable[];
  readonly onChange: (text: string) => void;
}

interface Shown {
  set(text: string): void;
  offer(variables: readonly OfferedVariable[]): void;
}

const offersOf = (variables: readonly OfferedVariable[]) =>
  variables.map(({ name, holds, origins }) => ({
    name,
    detail: holds.length > 24 ? `${holds.slice(0, 24)}…` : holds,
    info: `${holds}\n填它的：${origins.join('、')}`,
  }));

const builtins = [...functions.keys()].map((name) => ({
  name,
  type: 'function' as const,
  params: [{ name: '值' }],
}));

/** The library's messages are English, so the fault is shown below the field instead. */
const marked = linter(() => [], {
  markerFilter: (found) => found.map((one) => ({ ...one, message: '这里读不懂' })),
  tooltipFilter: () => [],
});

const words = EditorState.phrases.of({ Completions: '可以接着写的' });

/**
 * When the user types over a coloured word, browsers write its colour into the page, which the
 * security policy refuses.
 */
const overtyped = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data, inputType } = event;
    if (inputType !== 'insertText' || data === null || view.composing) return false;
    if (view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/** The security policy forbids style attributes; a shadow root adopts a style sheet object instead. */
const look = new CSSStyleSheet();
look.replaceSync(`
  .cm-editor { font: 13px/1.5 var(--font-mono, monospace); }
  .cm-content { white-space: pre-wrap; overflow-wrap: anywhere; min-height: 40px; }
  .cm-tooltip-autocomplete > ul { max-width: 300px; font: 13px var(--font); }
  .cm-tooltip.cm-completionInfo { font: 12px var(--font); }
  .cm-editor:not(.cm-focused) .cm-tooltip-autocomplete { display: none; }
  .cm-completionDetail { color: var(--ink-soft); font-style: normal; }
  /* Words of the language itself come with an English explanation. */
  li:has(.cm-completionIcon-keyword, .cm-completionIcon-snippet) .cm-completionDetail { display: none; }
`);

export function editFeel({ place, label, value, readOnly, variables, onChange }: Editing): Shown {
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [look];
  root.replaceChildren();
  const container = document.createElement('div');
  root.append(container);
  const editor = new FeelEditor({
    container,
    value,
    readOnly,
    variables: offersOf(variables),
    builtins,
    placeholder: '',
    contentAttributes: { 'aria-label': label },
    extensions: [marked, words, overtyped],
    onChange,
  });
  return {
    set: (text) => editor.setValue(text),
    offer: (offered) => editor.setVariables(offersOf(offered)),
  };
}
