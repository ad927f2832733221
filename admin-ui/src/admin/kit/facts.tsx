import type { ReactNode } from 'react';

/** What is known of one thing: a name and a value to a line. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={className ? `facts ${className}` : 'facts'}>{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A number one looks for first, large. */
export function Figure({ label, bad, children }: { label: string; bad?: boolean; children: ReactNode }) {
  return (
    <div className={bad ? 'figure bad' : 'figure'}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
