import { useRouter } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { useT } from './i18n';

/** An address no page answers to. */
export function Missing() {
  const t = useT();
  return (
    <main className="shell-main">
      <Page title={t('state.notFound')} lead={t('state.notFoundHelp')}>
        <LinkButton to="/" look="primary">
          {t('state.toStart')}
        </LinkButton>
      </Page>
    </main>
  );
}

/** A page that broke: the rest of the admin goes on. */
export function Crashed() {
  const t = useT();
  const router = useRouter();
  return (
    <Alert
      type="error"
      showIcon
      title={t('fault.crashed')}
      action={<Button onClick={() => void router.invalidate()}>{t('action.retry')}</Button>}
    />
  );
}
