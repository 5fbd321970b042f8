import { createContext, useContext, type KeyboardEvent } from 'react';

/** What a node may do on its canvas. Keeps its identity for the canvas's life. */
export interface Canvas {
  register(entityRef: string, element: HTMLElement | null): void;
  open(entityRef: string): void;
  openEdge(id: string): void;
  /** Moves the view so that a focused node is seen. */
  reveal(entityRef: string): void;
  /** Gives the focus to a node, drawn or not yet drawn. */
  focus(entityRef: string): void;
  onNodeKey(event: KeyboardEvent, entityRef: string): void;
}

const CanvasContext = createContext<Canvas | undefined>(undefined);

export const CanvasProvider = CanvasContext.Provider;

export function useCanvas(): Canvas {
  const canvas = useContext(CanvasContext);
  if (!canvas) {
    throw new Error('A node of the graph was drawn outside of its canvas');
  }
  return canvas;
}
