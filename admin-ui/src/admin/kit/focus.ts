import { useEffect, useState } from 'react';

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
