import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

export function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus();
}

/** Gives the focus back to what opened a dialog, or to the page's heading where that is gone. */
export function useReturnFocus() {
  const [opener] = useState(() => document.activeElement as HTMLElement | null);
  useEffect(
    () => () => {
      // After the dialog has left the page; sooner, its own trap would take the focus back.
      requestAnimationFrame(() => {
        if (opener?.isConnected) opener.focus();
        else focusHeading();
      });
    },
    [opener],
  );
}

/** What goes away with the focus inside, a row that moved on for one, hands it to the page's heading instead of losing it. */
export function useFocusKept(box: RefObject<HTMLElement | null>) {
  useLayoutEffect(
    () => () => {
      if (!box.current?.contains(document.activeElement)) return;
      requestAnimationFrame(() => {
        if (!document.activeElement || document.activeElement === document.body) focusHeading();
      });
    },
    [box],
  );
}
