/** Restricts palette, context pad and replace menu to what the engine runs and the panel can edit. */
import * as options from 'bpmn-js/lib/features/replace/ReplaceOptions';
import { eventKind, isSupportedEvent, isSupportedType } from '../../../../engine/model/supported.js';
import { translate } from './words.js';
import type { Drawn, Services } from './services.js';

/** Entries by id. */
type Entries = Record<string, { readonly action?: unknown }>;

interface Providers {
  registerProvider(priority: number, provider: object): void;
}

interface Menu {
  registerProvider(menu: string, priority: number, provider: object): void;
  open(element: Drawn, menu: string, position: object, options: object): void;
}

/** Priority after the providers of bpmn-js, to see their entries. */
const last = 500;

type Option = options.ReplaceOption;

const targets = new Map<string, Option['target']>(
  Object.values(options)
    .flatMap((some): readonly Option[] => (Array.isArray(some) ? some : Object.values(some).flat()))
    .map((option) => [option.actionName, option.target]),
);

function isOffered(target: NonNullable<Option['target']>, of: Drawn): boolean {
  if (!isSupportedType(target.type)) return false;
  return isSupportedEvent(target.type, eventKind(target.eventDefinitionType), of.businessObject.$parent);
}

const tools = ['hand-tool', 'lasso-tool', 'space-tool', 'global-connect-tool', 'tool-separator'];
const made = [
  'create.start-event',
  'create.intermediate-event',
  'create.end-event',
  'create.exclusive-gateway',
];
const appended = [
  'append.end-event',
  'append.gateway',
  'append.intermediate-event',
  'append.text-annotation',
];

/** User and service tasks instead of the untyped task. */
const tasks = [
  { id: 'user-task', type: 'bpmn:UserTask', className: 'bpmn-icon-user-task' },
  { id: 'service-task', type: 'bpmn:ServiceTask', className: 'bpmn-icon-service-task' },
] as const;

const wordOf = { 'bpmn:UserTask': translate('User task'), 'bpmn:ServiceTask': translate('Service task') };

class Offered {
  static $inject = [
    'palette',
    'contextPad',
    'popupMenu',
    'create',
    'elementFactory',
    'elementRegistry',
    'autoPlace',
  ];

  constructor(
    palette: Providers,
    contextPad: Providers,
    private readonly popupMenu: Menu,
    private readonly create: { start(event: Event, shape: Drawn, context?: object): void },
    private readonly elementFactory: Services['elementFactory'],
    private readonly elementRegistry: Services['elementRegistry'],
    private readonly autoPlace: Services['autoPlace'],
  ) {
    palette.registerProvider(last, this);
    contextPad.registerProvider(last, this);
    popupMenu.registerProvider('bpmn-replace', last, this);
  }

  getPaletteEntries() {
    return (entries: Entries): Entries => ({
      ...pick(entries, [...tools, ...made]),
      ...Object.fromEntries(
        tasks.map(({ id, type, className }) => {
          const start = (event: Event): void =>
            this.create.start(event, this.elementFactory.createShape({ type }));
          return [
            `create.${id}`,
            { group: 'activity', className, title: wordOf[type], action: { dragstart: start, click: start } },
          ];
        }),
      ),
      ...pick(entries, ['create.subprocess-expanded']),
    });
  }

  getContextPadEntries(element: Drawn) {
    return (entries: Entries): Entries => {
      const { 'append.append-task': task, replace, ...rest } = entries;
      const kept = Object.fromEntries(
        Object.entries(rest).filter(
          ([id]) => !id.startsWith('append.') || appended.includes(id) || isEventGateway(element),
        ),
      );
      return {
        ...(task ? this.appendedTasks() : {}),
        ...kept,
        ...(replace ? { replace: { ...replace, action: { click: this.replacing } } } : {}),
      };
    };
  }

  getPopupMenuEntries(target: Drawn | Drawn[]) {
    return (entries: Entries): Entries =>
      Object.fromEntries(
        Object.entries(entries).filter(([id]) => {
          const option = targets.get(id);
          return option === undefined || (!Array.isArray(target) && isOffered(option, target));
        }),
      );
  }

  /** Without search, whose messages cannot be translated. */
  private readonly replacing = (event: Event, element: Drawn): void => {
    const { right, top } = this.elementRegistry.getGraphics(element).getBoundingClientRect();
    const { x, y } = event instanceof MouseEvent ? event : { x: right, y: top };
    const position = { x, y, cursor: { x, y } };
    this.popupMenu.open(element, 'bpmn-replace', position, {
      title: translate('Change element'),
      width: 280,
    });
  };

  private appendedTasks(): Entries {
    return Object.fromEntries(
      tasks.map(({ id, type, className }) => {
        const shape = (): Drawn => this.elementFactory.createShape({ type });
        const dragstart = (event: Event, source: Drawn): void =>
          this.create.start(event, shape(), { source });
        const click = (_: Event, source: Drawn): void => void this.autoPlace.append(source, shape());
        return [
          `append.${id}`,
          { group: 'model', className, title: `接上${wordOf[type]}`, action: { dragstart, click } },
        ];
      }),
    );
  }
}

const isEventGateway = (element: Drawn): boolean => element.type === 'bpmn:EventBasedGateway';

const pick = <T>(entries: Record<string, T>, ids: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).filter(([id]) => ids.includes(id)));

export const offered = { __init__: ['offered'], offered: ['type', Offered] };
