import type { ReactNode } from 'react';
import { DisplayMenu } from '../app/display-menu';
import { useT } from '../app/i18n';

/** The page around signing in and what may follow it. */
export function AuthFrame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const t = useT();
  return (
    <div className="auth">
      <header className="auth-top">
        <a href="/" className="shell-brand">
          <img src="/assets/yizhan-mark.svg" alt="" width={40} height={40} />
          <span>
            <b>{t('app.name')}</b>
            <small>{t('app.sub')}</small>
          </span>
        </a>
        <DisplayMenu />
      </header>
      <main className="auth-card">
        <h1>{title}</h1>
        {lead ? <p className="lead">{lead}</p> : null}
        {children}
      </main>
      <p className="auth-foot">{t('auth.foot')}</p>
    </div>
  );
}
