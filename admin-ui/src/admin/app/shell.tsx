import { MenuOutlined } from '@ant-design/icons';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { JobsTray } from '../house/tray';
import { focusHeading } from '../kit/focus';
import { RefusedBox } from '../kit/refused';
import { DisplayMenu } from './display-menu';
import { useT } from './i18n';
import { menuFor } from './menu';
import { useSession } from './session';
import { UserMenu } from './user-menu';

/** The frame of every page behind the sign-in: who and where one is, what one may do, what is under way. */
export function Shell() {
  const t = useT();
  const { slug, cityName } = useSession();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const last = useRef(path);
  const led = useRef(false);
  useEffect(() => {
    if (last.current !== path) {
      led.current = true;
      setOpen(false);
    }
    last.current = path;
  }, [path]);

  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <header className="shell-top">
        <Button
          className="menu-button"
          icon={<MenuOutlined />}
          aria-label={t('shell.menu')}
          aria-expanded={open}
          onClick={() => setOpen(true)}
        />
        <Link to="/$slug" params={{ slug }} className="shell-brand">
          <img src="/assets/yizhan-mark.svg" alt="" width={32} height={32} />
          <span>
            <b>{t('app.name')}</b>
            <small>{cityName}</small>
          </span>
        </Link>
        <div className="shell-tools">
          <JobsTray />
          <DisplayMenu />
          <UserMenu />
        </div>
      </header>
      <div className="shell-body">
        <div className="shell-side">
          <MainMenu />
        </div>
        <main id="content" tabIndex={-1} className="shell-main">
          <RefusedBox page={path} />
          <Outlet />
        </main>
      </div>
      <Drawer
        placement="left"
        open={open}
        onClose={() => setOpen(false)}
        afterOpenChange={(shown) => {
          // The drawer gives the focus back to its button; after a way was taken it belongs to the new page.
          if (!shown && led.current) setTimeout(focusHeading);
          led.current = false;
        }}
        title={cityName}
        size={280}
        closable={{ 'aria-label': t('action.close') }}
      >
        <MainMenu />
      </Drawer>
    </>
  );
}

function MainMenu() {
  const t = useT();
  const session = useSession();
  const groups = menuFor(session);
  return (
    <nav aria-label={t('shell.menu')} className="main-menu">
      {groups.map((group) => (
        <div key={group.title ?? 'top'}>
          {group.title ? <h2>{t(group.title)}</h2> : null}
          <ul>
            {group.items.map((item) => (
              <li key={item.to}>
                <Link
                  to={item.to}
                  params={{ slug: session.slug }}
                  activeOptions={{ exact: item.exact ?? false, includeSearch: false }}
                  activeProps={{ 'aria-current': 'page' }}
                >
                  {item.icon}
                  {t(item.label)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
