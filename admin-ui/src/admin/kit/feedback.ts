import { App } from 'antd';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import type { Outcome } from '../app/outcome';

/** A refused action that has no form of its own to be told in. */
export interface Refused {
  message: string;
  /** A way to what the refusal is about. */
  way?: ReactNode;
}

let refused: Refused | null = null;
const listeners = new Set<() => void>();

/** Takes the last refusal off the page, or puts another in its place. */
export function setRefused(next: Refused | null) {
  if (next === refused) return;
  refused = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRefused(): Refused | null {
  return useSyncExternalStore(subscribe, () => refused);
}

/** Says aloud what became of an action that has no form of its own: a refusal stands on the page until it is over. */
export function useTell() {
  const { message } = App.useApp();
  return useCallback(
    (outcome: Outcome<unknown>, done?: string, way?: ReactNode) => {
      if (outcome.kind === 'done') {
        setRefused(null);
        if (done) message.success(done);
      } else setRefused({ message: outcome.message, way });
      return outcome.kind === 'done';
    },
    [message],
  );
}
