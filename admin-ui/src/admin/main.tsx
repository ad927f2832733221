import './hall.css';
import './hiring.css';
import './market.css';
import './pages.css';
import './style.css';
import './table.css';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { useDark, useDisplay } from './app/display';
import { router } from './app/router';
import { makeTheme } from './app/theme';

function Root() {
  const { language, size } = useDisplay();
  const dark = useDark();
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dataset.theme = dark ? 'dark' : 'light';
    root.dataset.size = size;
  }, [language, dark, size]);
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={makeTheme(dark, size === 'large')}
      button={{ autoInsertSpace: false }}
    >
      <App>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  );
}

const root = document.getElementById('app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
