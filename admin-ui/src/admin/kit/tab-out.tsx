import type { ReactNode } from 'react';

/** Around a list of several choices: Tab leaves it. The list itself would take the line under the cursor, again and again. */
export function TabOut({ children }: { children: ReactNode }) {
  return (
    <div
      onKeyDownCapture={(event) => {
        if (event.key === 'Tab') event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}
