/** What every diagram shares: its map lies beside the drawing, and names too small to be read are not drawn. */
import type { InjectionKey, Ref } from 'vue';

/** Where a diagram puts its map. */
export const mapPlace: InjectionKey<Readonly<Ref<HTMLElement | null>>> = Symbol('mapPlace');

/** bpmn-js writes the names of events and flows in 11 px: at this scale they have them on the screen. */
export const readable = 1;
/** Below it a name has less than 7 px. */
const far = 0.6;

interface Parts {
  readonly canvas: { viewbox(): { readonly scale: number } };
  readonly eventBus: { on(event: string, listener: () => void): void };
  readonly minimap: { toggle(open: boolean): void };
}

/** @param map of a bench; the first diagram in it has it */
export function settle(
  container: HTMLElement,
  map: HTMLElement | null | undefined,
  part: <Name extends keyof Parts>(name: Name) => Parts[Name],
): void {
  const drawn = container.querySelector('.djs-minimap');
  if (map && drawn && !map.hasChildNodes()) {
    map.append(drawn);
    part('minimap').toggle(true);
  }
  const look = (): void => {
    container.classList.toggle('diagram-far', part('canvas').viewbox().scale < far);
  };
  part('eventBus').on('canvas.viewbox.changed', look);
  look();
}
