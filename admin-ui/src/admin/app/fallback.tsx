import { useRouter } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { AuthFrame } from '../auth/frame';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { useT } from './i18n';

/** An address no page answers to, inside the frame of its city. */
export function Missing() {
  const t = useT();
  return (
    <Page title={t('state.notFound')} lead={t('state.notFoundHelp')}>
      <LinkButton to="/" look="primary">
        {t('state.toStart')}
      </LinkButton>
    </Page>
  );
}

/** The same where nobody is signed in to any city. */
export function MissingOutside() {
  const t = useT();
  return (
    <AuthFrame title={t('state.notFound')} lead={t('state.notFoundHelp')}>
      <LinkButton to="/" look="primary">
        {t('state.toStart')}
      </LinkButton>
    </AuthFrame>
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
