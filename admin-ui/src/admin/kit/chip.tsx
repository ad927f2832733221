import type { ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'busy';

/** A state in a word; the tone underlines it and never stands alone. */
export function Chip({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`chip ${tone}`} {...(title ? { title } : {})}>
      {children}
    </span>
  );
}
