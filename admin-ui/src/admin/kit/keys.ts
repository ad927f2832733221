import { useEffect, useRef } from 'react';

type Acts = Partial<Record<string, (() => void) | undefined>>;

/** A dialog has the keys while it is open. */
const inDialog = () =>
  document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null;

/** Keys of a whole page (F2, F8 …), while it is shown. Only function keys: what is typed into a field stays what it is. */
export function useKeys(acts: Acts) {
  const now = useRef(acts);
  now.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const act = now.current[event.key];
      if (!act || inDialog()) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
